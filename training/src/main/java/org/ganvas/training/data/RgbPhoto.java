package org.ganvas.training.data;

import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PictureRows;
import org.ganvas.inference.image.PixelLayout;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

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

  /** The same picture, which is RGB of 8 bits. */
  public static RgbPhoto of(Picture picture) {
    byte[] samples = new byte[picture.samples().length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) picture.samples()[i];
    }
    return new RgbPhoto(picture.width(), picture.height(), samples);
  }

  /**
   * A photo of whole numbers, such as a degradation gives.
   *
   * @param samples (height, width, 3) red, green and blue, 0 to 255
   */
  public static RgbPhoto of(int width, int height, float[] samples) {
    byte[] bytes = new byte[samples.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (int) samples[i];
    }
    return new RgbPhoto(width, height, bytes);
  }

  /** The square of that side whose first pixel is at column {@code x} of row {@code y}. */
  public RgbPhoto square(int x, int y, int side) {
    return part(x, y, side, side);
  }

  /** The rectangle of that size whose first pixel is at column {@code x} of row {@code y}. */
  RgbPhoto part(int x, int y, int partWidth, int partHeight) {
    byte[] part = new byte[3 * partWidth * partHeight];
    for (int row = 0; row < partHeight; row++) {
      System.arraycopy(
          samples, ((y + row) * width + x) * 3, part, row * partWidth * 3, partWidth * 3);
    }
    return new RgbPhoto(partWidth, partHeight, part);
  }

  /**
   * The square in the middle of the photo once that is turned about its centre.
   *
   * @param angle in radians, to the left
   * @param side of the square; what it shows lies within the photo
   */
  RgbPhoto turned(double angle, int side) {
    return RgbMats.changed(
        this,
        picture -> {
          double cos = Math.cos(angle);
          double sin = Math.sin(angle);
          double middle = (side - 1) / 2.0;
          Mat toPhoto = new Mat(2, 3, CvType.CV_64F);
          toPhoto.put(
              0,
              0,
              cos,
              -sin,
              (width - 1) / 2.0 - cos * middle + sin * middle,
              sin,
              cos,
              (height - 1) / 2.0 - sin * middle - cos * middle);
          Imgproc.warpAffine(
              picture,
              picture,
              toPhoto,
              new Size(side, side),
              Imgproc.INTER_LINEAR | Imgproc.WARP_INVERSE_MAP,
              Core.BORDER_REPLICATE);
          toPhoto.release();
        });
  }

  /** The photo with each sample, from 0 to 1, raised to this power. */
  RgbPhoto bent(double power) {
    byte[] table = new byte[256];
    for (int i = 0; i < table.length; i++) {
      table[i] = (byte) Math.round(255 * Math.pow(i / 255.0, power));
    }
    byte[] bent = new byte[samples.length];
    for (int i = 0; i < bent.length; i++) {
      bent[i] = table[Byte.toUnsignedInt(samples[i])];
    }
    return new RgbPhoto(width, height, bent);
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

  /** The same as a picture of 8 bits. */
  public Picture toPicture() {
    short[] wide = new short[samples.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = (short) Byte.toUnsignedInt(samples[i]);
    }
    return new Picture(width, height, PixelLayout.RGB, 8, wide);
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
