package org.ganvas.cli.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.ganvas.cli.console.Failures;
import org.ganvas.inference.model.ModelBlend;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Sharpness;

/** The model file that a command computes with, gone when it is closed if it was made for it. */
record ChosenModel(ModelFile file, boolean temporary) implements AutoCloseable {

  static ChosenModel of(ModelFile file) {
    return new ChosenModel(file, false);
  }

  /**
   * What the dial makes of a model and its twin.
   *
   * @throws ModelException if it has none, or the blend cannot be written
   */
  static ChosenModel between(Sharpness dial, ModelFile model, ModelCatalogue catalogue)
      throws ModelException {
    ModelBlend blend = dial.between(model, catalogue);
    if (dial.value() == 0 || dial.value() == 1) {
      return of(dial.value() == 0 ? blend.from() : blend.to());
    }
    String name =
        String.format(Locale.ROOT, "%s at sharpness %s", blend.to().card().name(), dial.value());
    Path file = null;
    try {
      file = Files.createTempFile("ganvas", ".pt");
      file.toFile().deleteOnExit(); // also when the user presses Ctrl-C
      return new ChosenModel(blend.write(file, name), true);
    } catch (IOException e) {
      if (file != null) {
        delete(file);
      }
      throw e instanceof ModelException refusal
          ? refusal
          : new ModelException(
              ModelException.Reason.FAILED,
              "a blend needs a file in the folder for temporary ones, found " + Failures.message(e),
              e);
    }
  }

  @Override
  public void close() {
    if (temporary) {
      delete(file.path());
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It is tried once more when the program ends.
    }
  }
}
