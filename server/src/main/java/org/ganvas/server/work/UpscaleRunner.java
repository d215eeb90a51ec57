package org.ganvas.server.work;

import java.io.IOException;
import java.nio.file.Path;
import org.ganvas.inference.image.PictureRows;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.task.Progress;
import org.ganvas.inference.task.Upscaler;

/** Enlarges pictures. */
final class UpscaleRunner implements TaskRunner {
  private final Upscaler upscaler;

  UpscaleRunner(ModelFile file, ComputeChoice choice) throws ModelException {
    upscaler = Upscaler.open(file, choice);
  }

  @Override
  public ResultSize run(PreparedTask task, Progress progress, Path file) throws IOException {
    TaskRequest.Upscale request = (TaskRequest.Upscale) task.request();
    Upload upload = Upload.decode(task);
    PictureRows rows = upscaler.rows(upload.picture(), request.options(progress));
    return upload.write(rows, file);
  }

  @Override
  public void close() {
    upscaler.close();
  }
}
