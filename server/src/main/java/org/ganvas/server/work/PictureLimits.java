package org.ganvas.server.work;

import org.ganvas.inference.image.DecodeLimits;
import org.ganvas.inference.image.OutputFormat;
import org.ganvas.server.problem.ProblemException;
import org.ganvas.server.problem.ProblemKind;

/**
 * How large pictures may be; known from the header, before anything is decoded.
 *
 * @param maxBodyBytes the largest body of a request, at least 1
 * @param maxPixels the largest input, width times height, at least 1
 * @param maxSide the largest width or height of an input, at least 1
 * @param maxOutputPixels the largest result, width times height, at least 1
 * @param maxWebpPixels the largest result that is a WebP, whose encoder nothing can stop, at least
 *     1; half as many if it is transparent
 */
public record PictureLimits(
    long maxBodyBytes, long maxPixels, int maxSide, long maxOutputPixels, long maxWebpPixels) {
  /** 32 MiB, 50 megapixels, 65,500 pixels, 400 megapixels, 25 megapixels. */
  public static final PictureLimits DEFAULT =
      new PictureLimits(32L << 20, 50_000_000, 65_500, 400_000_000, 25_000_000);

  public PictureLimits {
    Limits.requireAtLeast("--max-body", 1, maxBodyBytes);
    Limits.requireAtLeast("--max-pixels", 1, maxPixels);
    Limits.requireAtLeast("--max-side", 1, maxSide);
    Limits.requireAtLeast("--max-output-pixels", 1, maxOutputPixels);
    Limits.requireAtLeast("--max-webp-pixels", 1, maxWebpPixels);
  }

  DecodeLimits decodeLimits() {
    return new DecodeLimits(maxPixels, maxSide);
  }

  /** Refuses a result that would be larger. */
  void checkOutput(long width, long height) {
    check(
        width,
        height,
        "a result may have at most %,d pixels, found %dx%d = %,d; choose a smaller scale");
  }

  /** Refuses a picture that a model would be shown larger, or smaller, than it is. */
  void checkFit(long side) {
    check(
        side,
        side,
        "what a model makes of a picture may have at most %,d pixels, found %dx%d = %,d; choose a smaller fit");
  }

  /** Refuses what a model would make of a picture, of which the result may be a smaller one. */
  void checkComputed(long width, long height) {
    check(
        width,
        height,
        "what a model makes of a picture may have at most %,d pixels, found %dx%d = %,d; choose a model of a smaller scale or a smaller picture");
  }

  private void check(long width, long height, String rule) {
    if (width * height > maxOutputPixels) {
      throw new ProblemException(
          ProblemKind.TOO_LARGE, rule.formatted(maxOutputPixels, width, height, width * height));
    }
  }

  /** Refuses a result that is too large for its format. */
  void checkFormat(OutputFormat format, ResultSize result, boolean alpha) {
    // Transparency is compressed without loss, which takes as long again.
    long limit = alpha ? maxWebpPixels / 2 : maxWebpPixels;
    if (format instanceof OutputFormat.Webp && result.pixels() > limit) {
      throw new ProblemException(
          ProblemKind.TOO_LARGE,
          "a WebP %s transparency may have at most %,d pixels, found %dx%d = %,d; choose another format"
              .formatted(
                  alpha ? "with" : "without",
                  limit,
                  result.width(),
                  result.height(),
                  result.pixels()));
    }
  }
}
