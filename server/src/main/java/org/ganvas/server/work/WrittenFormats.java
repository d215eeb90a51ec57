package org.ganvas.server.work;

import java.util.List;
import java.util.stream.Collectors;
import org.ganvas.inference.image.OutputFormat;
import org.jspecify.annotations.Nullable;

/** The formats that results are written in, by their names in the API and by media type. */
public final class WrittenFormats {
  private static final List<OutputFormat> ALL =
      List.of(OutputFormat.PNG, OutputFormat.JPEG, OutputFormat.TIFF, OutputFormat.WEBP);

  private WrittenFormats() {}

  /** The names, for a message. */
  static String names() {
    return ALL.stream().map(OutputFormat::extension).collect(Collectors.joining(", "));
  }

  /** The media types, for a message. */
  public static String mediaTypes() {
    return ALL.stream().map(OutputFormat::mediaType).collect(Collectors.joining(", "));
  }

  static @Nullable OutputFormat named(String name, int quality) {
    OutputFormat format = OutputFormat.ofExtension(name);
    return format == null ? null : format.inQuality(quality);
  }

  /** The format with this media type, in the usual quality, or null if it is not written. */
  public static @Nullable OutputFormat ofMediaType(String mediaType) {
    return ALL.stream()
        .filter(format -> format.mediaType().equalsIgnoreCase(mediaType))
        .findFirst()
        .orElse(null);
  }
}
