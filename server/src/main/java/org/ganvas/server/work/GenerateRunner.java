package org.ganvas.server.work;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ganvas.inference.image.ImageEncoder;
import org.ganvas.inference.image.PhotoMetadata;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.LatentSpace;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.task.ImageSampler;
import org.ganvas.inference.task.PictureGrid;
import org.ganvas.inference.task.Progress;
import org.ganvas.inference.task.SampleGrid;

/** Makes pictures of noise. */
final class GenerateRunner implements TaskRunner {
  private final ImageSampler sampler;

  GenerateRunner(ModelFile file, ComputeChoice choice) throws ModelException {
    sampler = ImageSampler.open(file, choice);
  }

  /**
   * The pictures that a request asks for.
   *
   * @throws IllegalArgumentException if the model has no such label, or a seed is negative
   */
  static SampleGrid grid(LatentSpace space, TaskRequest.Generate request) {
    List<String> labels = request.label() == null ? List.of() : List.of(request.label());
    return SampleGrid.ofSeeds(space, labels, request.seed(), request.count());
  }

  @Override
  public ResultSize run(PreparedTask task, Progress progress, Path file) throws IOException {
    SampleGrid grid = grid(sampler.latentSpace(), (TaskRequest.Generate) task.request());
    Picture all = PictureGrid.of(sampler.sample(grid, progress), grid.columns());
    new ImageEncoder().writeInto(file, all, PhotoMetadata.NONE, task.format());
    return new ResultSize(all.width(), all.height());
  }

  @Override
  public void close() {
    sampler.close();
  }
}
