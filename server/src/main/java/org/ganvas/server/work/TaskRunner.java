package org.ganvas.server.work;

import java.io.IOException;
import java.nio.file.Path;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.task.Progress;

/** Does one kind of task with one open model. Thread-safe. */
sealed interface TaskRunner extends AutoCloseable
    permits UpscaleRunner, TranslateRunner, GenerateRunner {
  /**
   * Opens a model for what it was trained for.
   *
   * @throws ModelException if it cannot be used for that
   */
  static TaskRunner open(ModelFile file, ComputeChoice choice) throws ModelException {
    return switch (file.card().task()) {
      case SUPER_RESOLUTION -> new UpscaleRunner(file, choice);
      case TRANSLATION -> new TranslateRunner(file, choice);
      case GENERATION -> new GenerateRunner(file, choice);
    };
  }

  /**
   * Does the task and writes the result.
   *
   * @param task one of the kind that the model is for
   * @param file an empty file
   * @throws IOException if the picture is refused, the model fails, or the file cannot be written
   * @throws java.util.concurrent.CancellationException if the progress said so
   */
  ResultSize run(PreparedTask task, Progress progress, Path file) throws IOException;

  @Override
  void close();
}
