package org.ganvas.training.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;
import org.ganvas.inference.image.Picture;

/** What is done to a picture, such as by an upscaler, and may fail. */
@FunctionalInterface
public interface PictureStep {
  /**
   * Makes a picture of a picture.
   *
   * @throws IOException if it cannot be made
   */
  Picture apply(Picture picture) throws IOException;

  /** The same step, whose failure is an unchecked exception. */
  static UnaryOperator<Picture> unchecked(PictureStep step) {
    return picture -> {
      try {
        return step.apply(picture);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
