package org.ganvas.cli;

import java.util.Locale;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.task.TileMargin;
import org.ganvas.inference.task.TilePolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Words of the command line as values; whatever else is found is wrong usage. */
final class Converters {
  private Converters() {}

  /** {@code auto}, {@code off} or a number of pixels. */
  static final class Tiles implements ITypeConverter<TilePolicy> {
    @Override
    public TilePolicy convert(String word) {
      return switch (word) {
        case "auto" -> TilePolicy.AUTO;
        case "off" -> TilePolicy.OFF;
        default -> {
          try {
            yield new TilePolicy.Size(number(word, "auto, off or a number"));
          } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
          }
        }
      };
    }
  }

  /** {@code exact} or a number of pixels. */
  static final class Margin implements ITypeConverter<TileMargin> {
    @Override
    public TileMargin convert(String word) {
      if (word.equals("exact")) {
        return TileMargin.EXACT;
      }
      try {
        return new TileMargin.Pixels(number(word, "exact or a number"));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}. */
  static final class Device implements ITypeConverter<DeviceChoice> {
    @Override
    public DeviceChoice convert(String word) {
      try {
        return DeviceChoice.parse(word);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** A precision's name; {@code auto} is null. */
  static @Nullable Precision precision(String word) {
    if (word.equals("auto")) {
      return null;
    }
    for (Precision precision : Precision.values()) {
      if (precision.name().toLowerCase(Locale.ROOT).equals(word)) {
        return precision;
      }
    }
    throw new TypeConversionException(
        "a precision is auto, float32, bfloat16 or float16, found " + word);
  }

  private static int number(String word, String rule) {
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("must be %s, found %s".formatted(rule, word));
    }
  }
}
