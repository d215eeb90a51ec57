package org.ganvas.training.data;

import org.ganvas.inference.image.PictureRows;
import org.ganvas.inference.image.PixelLayout;

/**
 * A decoded photo, 3 bytes a pixel.
 *
 * @param width pixels per row
 * @param height rows
 * @param samples (height, width, 3) samples: red, green, blue, 0 to 255 as unsigned bytes
 */
public record RgbPhoto(int width, int height, byte[] samples) implements PictureRows {
  public RgbPhoto {
    if (width < 1 || height < 1 || samples.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "a %dx%d photo has %d samples, found %d"
              .formatted(width, height, 3L * width * height, samples.length));
    }
  }

  @Override
  public PixelLayout layout() {
    return PixelLayout.RGB;
  }

  @Override
  public int bitDepth() {
    return 8;
  }

  @Override
  public void readRow(int y, short[] row) {
    int length = 3 * width;
    for (int i = 0, index = y * length; i < length; i++, index++) {
      row[i] = (short) Byte.toUnsignedInt(samples[index]);
    }
  }
}
