package org.ganvas.server.work;

import java.io.IOException;
import java.nio.file.Path;
import org.ganvas.inference.image.PictureRows;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.task.ImageTranslator;
import org.ganvas.inference.task.Progress;

/** Translates pictures. */
final class TranslateRunner implements TaskRunner {
  private final ImageTranslator translator;

  TranslateRunner(ModelFile file, ComputeChoice choice) throws ModelException {
    translator = ImageTranslator.open(file, choice);
  }

  @Override
  public ResultSize run(PreparedTask task, Progress progress, Path file) throws IOException {
    TaskRequest.Translate request = (TaskRequest.Translate) task.request();
    Upload upload = Upload.decode(task);
    PictureRows rows = translator.rows(upload.picture(), request.options(progress));
    return upload.write(rows, file);
  }

  @Override
  public void close() {
    translator.close();
  }
}
