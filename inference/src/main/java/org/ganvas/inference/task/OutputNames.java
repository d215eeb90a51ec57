package org.ganvas.inference.task;

import java.nio.file.Path;
import java.util.Locale;
import org.ganvas.inference.image.ImageRefusedException;
import org.ganvas.inference.image.OutputFormat;

/** What the name of an output says about its format. */
final class OutputNames {
  private OutputNames() {}

  /**
   * @throws ImageRefusedException if the name ends like no format that is written
   */
  static OutputFormat format(Path output) throws ImageRefusedException {
    String name = output.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".jpg") || name.endsWith(".jpeg")) {
      return OutputFormat.JPEG;
    }
    if (name.endsWith(".png")) {
      return OutputFormat.PNG;
    }
    throw new ImageRefusedException(
        ImageRefusedException.Reason.UNSUPPORTED,
        "an output's name ends in .png or .jpg, found %s; rename it or choose a format"
            .formatted(output.getFileName()));
  }
}
