package org.ganvas.training.evaluation;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.task.ImageSampler;
import org.ganvas.inference.task.Progress;
import org.ganvas.inference.task.Sample;
import org.ganvas.inference.task.SampleGrid;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.LabelledPictures;

/** What a generator makes, in the form in which real pictures come. */
public final class GeneratedPictures {
  private GeneratedPictures() {}

  /**
   * The pictures of consecutive seeds, the labels taken in turn.
   *
   * @param first the first seed, at least 0
   * @param count how many, 1 to 4096
   * @param labels the order of the labels in the batch; empty if they are not asked for
   * @return the tensors of {@link LabelledPictures}
   * @throws IllegalArgumentException if the generator knows a label that is not among these
   */
  public static Batch of(ImageSampler generator, long first, int count, List<String> labels)
      throws IOException {
    SampleGrid grid = SampleGrid.ofSeeds(generator.latentSpace(), List.of(), first, count);
    List<Picture> pictures = generator.sample(grid, Progress.NONE);
    Map<String, Batch.Tensor> tensors = new HashMap<>();
    tensors.put(LabelledPictures.REAL, tensor(pictures));
    if (!labels.isEmpty()) {
      tensors.put(LabelledPictures.LABEL, labels(grid.samples(), labels));
    }
    return new Batch(tensors);
  }

  private static Batch.Tensor labels(List<Sample> samples, List<String> labels) {
    float[] values = new float[samples.size() * labels.size()];
    for (int i = 0; i < samples.size(); i++) {
      int number = labels.indexOf(samples.get(i).label());
      if (number < 0) {
        throw new IllegalArgumentException(
            "the generator's labels are among those of the real pictures, %s, found %s"
                .formatted(String.join(", ", labels), samples.get(i).label()));
      }
      values[i * labels.size() + number] = 1;
    }
    return Batch.Tensor.of(values, samples.size(), labels.size());
  }

  /** Pictures of one size and 8 bits as (N, C, H, W), 0 to 1. */
  static Batch.Tensor tensor(List<Picture> pictures) {
    Picture first = pictures.get(0);
    int channels = first.layout().channels();
    int area = first.width() * first.height();
    float[] values = new float[pictures.size() * channels * area];
    for (int i = 0; i < pictures.size(); i++) {
      short[] samples = pictures.get(i).samples();
      for (int j = 0; j < samples.length; j++) {
        values[(i * channels + j % channels) * area + j / channels] = samples[j] / 255f;
      }
    }
    return Batch.Tensor.of(values, pictures.size(), channels, first.height(), first.width());
  }
}
