package org.ganvas.inference.image;

import java.nio.file.Path;
import java.util.Locale;

/** A kind of file that is written, with its settings. */
public sealed interface OutputFormat {
  /** PNG: exact, 8 or 16 bits as the picture has them, with or without alpha. */
  OutputFormat PNG = new Png();

  /** JPEG with the default quality. */
  OutputFormat JPEG = new Jpeg(Jpeg.DEFAULT_QUALITY);

  /**
   * What the name of an output says about its format.
   *
   * @throws ImageRefusedException if it ends like no format that is written
   */
  static OutputFormat ofName(Path output) throws ImageRefusedException {
    String name = output.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".jpg") || name.endsWith(".jpeg")) {
      return JPEG;
    }
    if (name.endsWith(".png")) {
      return PNG;
    }
    throw new ImageRefusedException(
        ImageRefusedException.Reason.UNSUPPORTED,
        "an output's name ends in .png or .jpg, found %s; rename it or choose a format"
            .formatted(output));
  }

  /** The usual ending of such a file's name, without a dot. */
  String extension();

  /** The type of such a file in an HTTP answer. */
  String mediaType();

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
      if (quality < 1 || quality > 100) {
        throw new IllegalArgumentException(
            "JPEG quality is a number from 1 to 100, found " + quality);
      }
    }

    @Override
    public String extension() {
      return "jpg";
    }

    @Override
    public String mediaType() {
      return "image/jpeg";
    }
  }
}
