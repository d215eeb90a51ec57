package org.ganvas.inference.task;

import java.io.IOException;
import org.ganvas.inference.image.Luma;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PictureRows;
import org.ganvas.inference.image.PixelLayout;

/**
 * The colours of one picture on the brightness of another: every pixel has the luma of {@code
 * brightness}. A colour that cannot be that bright or dark is mixed with grey until it can.
 */
final class LuminanceRows implements PictureRows {
  private static final int LARGEST = 0xFFFF;
  private static final int STEP = LARGEST / 0xFF;

  private final PictureRows colors;
  private final Picture brightness;

  /**
   * @param colors RGB in 16 bits
   * @param brightness of the same size, of any kind; its alpha does not count
   */
  LuminanceRows(PictureRows colors, Picture brightness) {
    if (colors.layout() != PixelLayout.RGB || colors.bitDepth() != 16) {
      throw new IllegalArgumentException(
          "colours are RGB in 16 bits, found %s in %d"
              .formatted(colors.layout(), colors.bitDepth()));
    }
    this.colors = colors;
    this.brightness = brightness;
  }

  @Override
  public int width() {
    return colors.width();
  }

  @Override
  public int height() {
    return colors.height();
  }

  @Override
  public PixelLayout layout() {
    return colors.layout();
  }

  @Override
  public int bitDepth() {
    return colors.bitDepth();
  }

  @Override
  public void readRow(int y, short[] samples) throws IOException {
    colors.readRow(y, samples);
    for (int x = 0; x < width(); x++) {
      recolor(samples, 3 * x, luma(y * width() + x));
    }
  }

  /** What a pixel's luma has to be, from 0 to 65535. */
  private float luma(int pixel) {
    float luma = Luma.of(brightness, pixel);
    return brightness.bitDepth() == 16 ? luma : luma * STEP;
  }

  private static float luma(short[] samples, int index) {
    return Luma.of(
        Short.toUnsignedInt(samples[index]),
        Short.toUnsignedInt(samples[index + 1]),
        Short.toUnsignedInt(samples[index + 2]));
  }

  /** Moves a colour along the grey axis to another luma, and towards that axis as far as needed. */
  private static void recolor(short[] samples, int index, float wanted) {
    float found = luma(samples, index);
    float kept = 1;
    for (int i = index; i < index + 3; i++) {
      float chroma = Short.toUnsignedInt(samples[i]) - found;
      float room = chroma > 0 ? LARGEST - wanted : wanted;
      if (Math.abs(chroma) * kept > room) {
        kept = room / Math.abs(chroma);
      }
    }
    for (int i = index; i < index + 3; i++) {
      float value = wanted + kept * (Short.toUnsignedInt(samples[i]) - found);
      samples[i] = (short) (int) (Math.max(0, Math.min(value, LARGEST)) + 0.5f);
    }
  }
}
