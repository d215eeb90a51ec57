package org.ganvas.inference.image;

/**
 * How large a picture may be; checked against the file's header before any memory is taken for it.
 *
 * @param maxPixels the largest width times height, at least 1
 * @param maxSide the largest width or height, at least 1
 */
public record DecodeLimits(long maxPixels, int maxSide) {
  /** 100 megapixels, and no side longer than a JPEG may have. */
  public static final DecodeLimits DEFAULT = new DecodeLimits(100_000_000L, 65_500);

  public DecodeLimits {
    if (maxPixels < 1 || maxSide < 1) {
      throw new IllegalArgumentException(
          "limits must be at least 1, found %d pixels and side %d".formatted(maxPixels, maxSide));
    }
  }

  /** The default limits with another number of pixels. */
  public static DecodeLimits ofPixels(long maxPixels) {
    return new DecodeLimits(maxPixels, DEFAULT.maxSide);
  }

  /** Refuses a picture of this size if it is above the limits. */
  void check(long width, long height) throws ImageRefusedException {
    if (width < 1 || height < 1) {
      throw ImageRefusedException.damaged(
          "a picture has at least one pixel, found %dx%d".formatted(width, height));
    }
    if (width > maxSide || height > maxSide) {
      throw new ImageRefusedException(
          ImageRefusedException.Reason.TOO_LARGE,
          "a side may have at most %,d pixels, found %dx%d; shrink the picture"
              .formatted(maxSide, width, height));
    }
    if (width * height > maxPixels) {
      throw new ImageRefusedException(
          ImageRefusedException.Reason.TOO_LARGE,
          "a picture may have at most %,d pixels, found %dx%d = %,d; shrink it or raise the limit"
              .formatted(maxPixels, width, height, width * height));
    }
  }

  /** The largest file that can sensibly hold such a picture: 16 bytes a pixel, and metadata. */
  long maxBytes() {
    return Math.min(Integer.MAX_VALUE - 64L, 64_000_000L + 16 * Math.min(maxPixels, 1L << 40));
  }
}
