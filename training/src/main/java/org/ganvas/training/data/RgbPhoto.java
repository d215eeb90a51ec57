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

  /** The photo with left and right changed. */
  RgbPhoto mirrored() {
    byte[] mirrored = new byte[samples.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        System.arraycopy(
            samples, (y * width + x) * 3, mirrored, (y * width + width - 1 - x) * 3, 3);
      }
    }
    return new RgbPhoto(width, height, mirrored);
  }

  /** Writes the photo as (3, height, width), 0 to 1, from {@code offset} on. */
  void toPlanes(float[] target, int offset) {
    int area = width * height;
    for (int pixel = 0, i = 0; pixel < area; pixel++) {
      for (int channel = 0; channel < 3; channel++, i++) {
        target[offset + channel * area + pixel] = Byte.toUnsignedInt(samples[i]) / 255f;
      }
    }
  }

  /** Writes BT.601's luma as (1, height, width), 0 to 1 in steps of 1/255, from there on. */
  void toLuma(float[] target, int offset) {
    for (int pixel = 0, i = 0; pixel < width * height; pixel++, i += 3) {
      double luma =
          0.299 * Byte.toUnsignedInt(samples[i])
              + 0.587 * Byte.toUnsignedInt(samples[i + 1])
              + 0.114 * Byte.toUnsignedInt(samples[i + 2]);
      target[offset + pixel] = Math.round(luma) / 255f;
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
