package org.ganvas.inference.image;

import java.io.IOException;

/**
 * A decoded picture in memory: interleaved samples (rows from the top, pixels from the left), sRGB,
 * alpha not premultiplied, upright.
 *
 * @param width pixels per row, at least 1
 * @param height rows, at least 1
 * @param layout the channels
 * @param bitDepth 8 (samples 0 to 255) or 16 (samples 0 to 65535, as unsigned shorts)
 * @param samples {@code height * width * layout.channels()} samples
 */
public record Picture(int width, int height, PixelLayout layout, int bitDepth, short[] samples)
    implements PictureRows {
  /** Java's arrays hold a little less than 2^31. */
  private static final long MOST_SAMPLES = Integer.MAX_VALUE - 64L;

  public Picture {
    long expected = (long) width * height * layout.channels();
    if (width < 1 || height < 1 || samples.length != expected) {
      throw new IllegalArgumentException(
          "a %dx%d %s picture has %d samples, found %d"
              .formatted(width, height, layout, expected, samples.length));
    }
    if (bitDepth != 8 && bitDepth != 16) {
      throw new IllegalArgumentException("bit depth must be 8 or 16, found " + bitDepth);
    }
    if (bitDepth == 8) {
      requireBytes(samples);
    }
  }

  /**
   * All the rows of a picture.
   *
   * @throws ImageRefusedException if they are 2^31 samples or more; no row is asked for then
   * @throws IOException whatever {@link PictureRows#readRow} throws
   */
  public static Picture of(PictureRows rows) throws IOException {
    short[] samples = new short[samplesInMemory(rows)];
    int length = rows.width() * rows.layout().channels();
    short[] row = new short[length];
    for (int y = 0; y < rows.height(); y++) {
      rows.readRow(y, row);
      System.arraycopy(row, 0, samples, y * length, length);
    }
    return new Picture(rows.width(), rows.height(), rows.layout(), rows.bitDepth(), samples);
  }

  /**
   * How many samples they are, if an array holds so many.
   *
   * @throws ImageRefusedException if none does
   */
  static int samplesInMemory(PictureRows rows) throws ImageRefusedException {
    long count = (long) rows.width() * rows.height() * rows.layout().channels();
    requireInMemory(count, "take it row by row");
    return (int) count;
  }

  static void requireInMemory(long samples, String remedy) throws ImageRefusedException {
    if (samples > MOST_SAMPLES) {
      throw new ImageRefusedException(
          ImageRefusedException.Reason.TOO_LARGE,
          "a picture in memory has fewer than 2^31 samples, found %,d; %s"
              .formatted(samples, remedy));
    }
  }

  private static void requireBytes(short[] samples) {
    for (short sample : samples) {
      if (sample < 0 || sample > 255) {
        throw new IllegalArgumentException(
            "a sample of 8 bits is 0 to 255, found %d; widen bytes without their sign"
                .formatted(sample));
      }
    }
  }

  @Override
  public void readRow(int y, short[] row) {
    int length = width * layout.channels();
    System.arraycopy(samples, y * length, row, 0, length);
  }
}
