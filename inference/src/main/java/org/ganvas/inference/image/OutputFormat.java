package org.ganvas.inference.image;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A kind of file that is written, with its settings. */
public sealed interface OutputFormat {
  /** PNG: exact, 8 or 16 bits as the picture has them, with or without alpha. */
  OutputFormat PNG = new Png();

  /** JPEG with the default quality. */
  OutputFormat JPEG = new Jpeg(Jpeg.DEFAULT_QUALITY);

  /** TIFF: exact, as PNG. */
  OutputFormat TIFF = new Tiff();

  /** WebP with the default quality. */
  OutputFormat WEBP = new Webp(Jpeg.DEFAULT_QUALITY);

  /**
   * What the name of an output says about its format.
   *
   * @throws ImageRefusedException if it ends like no format that is written
   */
  static OutputFormat ofName(Path output) throws ImageRefusedException {
    OutputFormat format = ofExtension(ImageFormat.ending(output));
    if (format == null) {
      throw new ImageRefusedException(
          ImageRefusedException.Reason.UNSUPPORTED,
          "an output's name ends in .png, .jpg, .tif or .webp, found %s; rename it"
              .formatted(output));
    }
    return format;
  }

  /**
   * The format whose files have this ending, with the default quality, or null if none is written.
   *
   * @param extension without a dot, such as jpg or JPEG
   */
  static @Nullable OutputFormat ofExtension(String extension) {
    return switch (extension.toLowerCase(Locale.ROOT)) {
      case "png" -> PNG;
      case "jpg", "jpeg" -> JPEG;
      case "tif", "tiff" -> TIFF;
      case "webp" -> WEBP;
      default -> null;
    };
  }

  /** The usual ending of such a file's name, without a dot. */
  String extension();

  /** The type of such a file in an HTTP answer. */
  String mediaType();

  /**
   * This format in another quality; itself if it is exact.
   *
   * @param quality from 1 to 100
   */
  OutputFormat inQuality(int quality);

  private static void requireQuality(String format, int quality) {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException(
          "%s quality is a number from 1 to 100, found %d".formatted(format, quality));
    }
  }

  /** PNG. */
  record Png() implements OutputFormat {
    @Override
    public String extension() {
      return "png";
    }

    @Override
    public String mediaType() {
      return "image/png";
    }

    @Override
    public OutputFormat inQuality(int quality) {
      return this;
    }
  }

  /**
   * JPEG, 8 bits, without alpha.
   *
   * @param quality from 1 to 100 on the usual scale; from 90 on colour keeps its full resolution
   *     (4:4:4), below it is halved in both directions (4:2:0)
   */
  record Jpeg(int quality) implements OutputFormat {
    public static final int DEFAULT_QUALITY = 95;

    /** The longest side that libjpeg writes. */
    public static final int MAX_SIDE = 65_500;

    static final int FULL_COLOR_FROM_QUALITY = 90;

    public Jpeg {
      requireQuality("JPEG", quality);
    }

    @Override
    public String extension() {
      return "jpg";
    }

    @Override
    public String mediaType() {
      return "image/jpeg";
    }

    @Override
    public OutputFormat inQuality(int other) {
      return new Jpeg(other);
    }
  }

  /** TIFF, deflated: 8 or 16 bits as the picture has them, with or without alpha. */
  record Tiff() implements OutputFormat {
    /** What fits into 4 GB also if nothing can be compressed, with room for metadata. */
    static final long MAX_SAMPLE_BYTES = 4_200_000_000L;

    @Override
    public String extension() {
      return "tif";
    }

    @Override
    public String mediaType() {
      return "image/tiff";
    }

    @Override
    public OutputFormat inQuality(int quality) {
      return this;
    }
  }

  /**
   * WebP, lossy, 8 bits, with or without alpha; the only format for which the whole result is held
   * in memory.
   *
   * @param quality from 1 to 100; colour is always halved in both directions (4:2:0)
   */
  record Webp(int quality) implements OutputFormat {
    /** The longest side that the format has. */
    public static final int MAX_SIDE = 16_383;

    public Webp {
      requireQuality("WebP", quality);
    }

    @Override
    public String extension() {
      return "webp";
    }

    @Override
    public String mediaType() {
      return "image/webp";
    }

    @Override
    public OutputFormat inQuality(int other) {
      return new Webp(other);
    }
  }
}
