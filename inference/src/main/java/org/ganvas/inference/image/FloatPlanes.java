package org.ganvas.inference.image;

/**
 * Pixels as a network takes and gives them: (C, H, W), one plane per channel, rows from the top.
 *
 * @param channels C, at least 1
 * @param height H, at least 1
 * @param width W, at least 1
 * @param values {@code C * H * W} numbers; 0 to 1 for a picture, though a network may overshoot
 */
public record FloatPlanes(int channels, int height, int width, float[] values) {

  public FloatPlanes {
    long expected = (long) channels * height * width;
    if (channels < 1 || height < 1 || width < 1 || values.length != expected) {
      throw new IllegalArgumentException(
          "%d planes of %dx%d hold %d values, found %d"
              .formatted(channels, width, height, expected, values.length));
    }
  }

  /** Planes full of zeros. */
  public static FloatPlanes zeros(int channels, int height, int width) {
    long count = (long) channels * height * width;
    if (count > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "an array holds at most 2147483639 numbers, %d planes of %dx%d need %d; use smaller tiles"
              .formatted(channels, width, height, count));
    }
    return new FloatPlanes(channels, height, width, new float[(int) count]);
  }
}
