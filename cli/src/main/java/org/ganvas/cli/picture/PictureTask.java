package org.ganvas.cli.picture;

import java.io.IOException;
import java.nio.file.Path;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.task.FileOptions;
import org.ganvas.inference.task.PictureResult;
import org.ganvas.inference.task.Progress;

/** What a command does to each photo, with a model that is open. */
interface PictureTask extends AutoCloseable {
  /** Makes a file out of a file. */
  PictureResult run(Path input, Path output, FileOptions files, Progress progress)
      throws IOException;

  /** Frees the model. */
  @Override
  void close();

  /** Opens a model. */
  @FunctionalInterface
  interface Opening {
    PictureTask open(ModelFile file, ComputeChoice choice) throws ModelException;
  }
}
