package org.ganvas.server.work;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.ganvas.inference.image.OutputFormat;
import org.jspecify.annotations.Nullable;

/** The formats that results are written in, by their names in the API and by media type. */
public final class WrittenFormats {
  private static final Map<String, IntFunction<OutputFormat>> BY_NAME = new LinkedHashMap<>();

  static {
    BY_NAME.put("png", quality -> OutputFormat.PNG);
    BY_NAME.put("jpg", OutputFormat.Jpeg::new);
    BY_NAME.put("jpeg", OutputFormat.Jpeg::new);
  }

  private WrittenFormats() {}

  /** The names, for a message. */
  static String names() {
    return String.join(", ", BY_NAME.keySet());
  }

  /** The media types, for a message. */
  public static String mediaTypes() {
    return BY_NAME.values().stream()
        .map(format -> format.apply(OutputFormat.Jpeg.DEFAULT_QUALITY).mediaType())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  static @Nullable OutputFormat named(String name, int quality) {
    IntFunction<OutputFormat> format = BY_NAME.get(name.toLowerCase(Locale.ROOT));
    return format == null ? null : format.apply(quality);
  }

  /** The format with this media type, in the usual quality, or null if it is not written. */
  public static @Nullable OutputFormat ofMediaType(String mediaType) {
    return BY_NAME.values().stream()
        .map(format -> format.apply(OutputFormat.Jpeg.DEFAULT_QUALITY))
        .filter(format -> format.mediaType().equals(mediaType))
        .findFirst()
        .orElse(null);
  }
}
