package org.ganvas.cli.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.ganvas.inference.image.OutputFormat;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.task.Decimal;
import org.ganvas.inference.task.TileMargin;
import org.ganvas.inference.task.TilePolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Words of the command line as values; whatever else is found is wrong usage. */
public final class Converters {
  private Converters() {}

  /** {@code auto}, {@code off} or a number of pixels. */
  public static final class Tiles implements ITypeConverter<TilePolicy> {
    @Override
    public TilePolicy convert(String word) {
      return parsed(() -> TilePolicy.parse(word));
    }
  }

  /** {@code exact} or a number of pixels. */
  public static final class Margin implements ITypeConverter<TileMargin> {
    @Override
    public TileMargin convert(String word) {
      return parsed(() -> TileMargin.parse(word));
    }
  }

  /** {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}. */
  public static final class Device implements ITypeConverter<DeviceChoice> {
    @Override
    public DeviceChoice convert(String word) {
      return parsed(() -> DeviceChoice.parse(word));
    }
  }

  /**
   * A file or a folder; an empty word, such as a variable that is not set, would be this folder.
   */
  public static final class File implements ITypeConverter<Path> {
    @Override
    public Path convert(String word) {
      if (word.isEmpty()) {
        throw new TypeConversionException(
            "a path names a file or a folder, found an empty text; give its name, . for this folder");
      }
      return Path.of(word);
    }
  }

  /** A folder that is there: models are looked for in it, and a misspelled one would have none. */
  public static final class ModelsFolder implements ITypeConverter<Path> {
    @Override
    public Path convert(String word) {
      Path folder = new File().convert(word);
      if (!Files.isDirectory(folder)) {
        throw new TypeConversionException(
            "models are looked for in a folder, found none at %s; create it, or name another"
                .formatted(folder));
      }
      return folder;
    }
  }

  /** {@code 2}, {@code 1.5} or {@code 1e-4}. */
  public static final class DecimalNumber implements ITypeConverter<Double> {
    @Override
    public Double convert(String word) {
      return parsed(() -> Decimal.parse(word));
    }
  }

  /** A format of pictures, by the ending of its files. */
  public static final class Format implements ITypeConverter<OutputFormat> {
    @Override
    public OutputFormat convert(String word) {
      OutputFormat format = OutputFormat.ofExtension(word);
      if (format == null) {
        throw new TypeConversionException("a format is png, jpg, tif or webp, found " + word);
      }
      return format;
    }
  }

  /** What a model may be called: its file has that name. */
  public static final class Name implements ITypeConverter<String> {
    private static final Pattern NAME =
        Pattern.compile("[^\\s\\p{Cntrl}./\\\\][^\\p{Cntrl}/\\\\]*");

    @Override
    public String convert(String word) {
      if (!NAME.matcher(word).matches()) {
        throw new TypeConversionException(
            "a name has no folder in it and does not begin with a dot, found " + word);
      }
      return word;
    }
  }

  /** A precision's name; {@code auto} is null. */
  public static @Nullable Precision precision(String word) {
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

  /** What a parser refuses is wrong usage. */
  private static <T> T parsed(Supplier<T> parser) {
    try {
      return parser.get();
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
