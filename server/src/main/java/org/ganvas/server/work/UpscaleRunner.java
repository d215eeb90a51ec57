package org.ganvas.server.work;

import java.io.IOException;
import java.io.OutputStream;
import org.ganvas.inference.image.DecodeLimits;
import org.ganvas.inference.image.DecodedPhoto;
import org.ganvas.inference.image.ImageDecoder;
import org.ganvas.inference.image.ImageEncoder;
import org.ganvas.inference.image.PhotoMetadata;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.task.Progress;
import org.ganvas.inference.task.UpscaleOptions;
import org.ganvas.inference.task.Upscaler;

/** Enlarges pictures. */
final class UpscaleRunner implements TaskRunner {
  private final Upscaler upscaler;

  UpscaleRunner(ModelFile file, ComputeChoice choice) throws ModelException {
    upscaler = Upscaler.open(file, choice);
  }

  @Override
  public void run(PreparedTask task, Progress progress, OutputStream out) throws IOException {
    if (!(task.request() instanceof TaskRequest.Upscale request)) {
      throw new IllegalArgumentException("an upscaler upscales, found " + task.request());
    }
    DecodedPhoto photo = new ImageDecoder(DecodeLimits.DEFAULT).decode(task.body());
    UpscaleOptions options =
        new UpscaleOptions(request.scale(), request.tiles(), request.margin(), progress);
    PhotoMetadata metadata =
        request.output().keepsMetadata() ? photo.metadata() : PhotoMetadata.NONE;
    new ImageEncoder().write(upscaler.rows(photo.picture(), options), metadata, task.format(), out);
  }

  @Override
  public void close() {
    upscaler.close();
  }
}
