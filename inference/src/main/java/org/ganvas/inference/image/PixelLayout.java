package org.ganvas.inference.image;

import java.awt.color.ColorSpace;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;

/** Which channels a picture's interleaved samples hold, in this order. */
public enum PixelLayout {
  GRAY(1, false),
  GRAY_ALPHA(2, true),
  RGB(3, false),
  RGBA(4, true);

  private final int channels;
  private final boolean alpha;

  PixelLayout(int channels, boolean alpha) {
    this.channels = channels;
    this.alpha = alpha;
  }

  /** The layout of grey or RGB samples, with or without alpha. */
  public static PixelLayout of(boolean gray, boolean alpha) {
    if (gray) {
      return alpha ? GRAY_ALPHA : GRAY;
    }
    return alpha ? RGBA : RGB;
  }

  /**
   * Java's colour model of such samples: sRGB or Java's grey, alpha not premultiplied.
   *
   * @param dataType of {@link java.awt.image.DataBuffer}
   */
  ColorModel colorModel(int dataType) {
    return new ComponentColorModel(
        ColorSpace.getInstance(colorChannels() == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
        alpha,
        false,
        alpha ? ColorModel.TRANSLUCENT : ColorModel.OPAQUE,
        dataType);
  }

  /** Samples per pixel, alpha included. */
  public int channels() {
    return channels;
  }

  /** Samples per pixel without alpha: 1 or 3. */
  public int colorChannels() {
    return alpha ? channels - 1 : channels;
  }

  public boolean hasAlpha() {
    return alpha;
  }
}
