package org.ganvas.training.data;

import org.ganvas.inference.image.Bicubic;

/**
 * The small picture as the field's figures are measured with: MATLAB's antialiased bicubic in 8-bit
 * arithmetic. A crop is exactly a crop of the whole photo's small picture; nothing is random.
 */
public record BicubicDegradation() implements Degradation {

  @Override
  public float[] small(RgbPhoto photo, Place place, SampleRandom random) {
    Bicubic.Weights columns = weights(photo.width(), place.x(), place);
    Bicubic.Weights rows = weights(photo.height(), place.y(), place);
    float[] region = neededPixels(photo, columns, rows);
    return Bicubic.resizeEightBits(region, 3, columns.onNeededInputs(), rows.onNeededInputs());
  }

  /** Of the photo cut down to a multiple of the scale, the small samples from {@code from} on. */
  private static Bicubic.Weights weights(int length, int from, Place place) {
    int outputs = length / place.scale();
    return Bicubic.Weights.of(outputs * place.scale(), outputs, from, from + place.side());
  }

  private static float[] neededPixels(
      RgbPhoto photo, Bicubic.Weights columns, Bicubic.Weights rows) {
    int length = (columns.end() - columns.start()) * 3;
    float[] region = new float[length * (rows.end() - rows.start())];
    int i = 0;
    for (int y = rows.start(); y < rows.end(); y++) {
      int source = (y * photo.width() + columns.start()) * 3;
      for (int end = i + length; i < end; i++, source++) {
        region[i] = Byte.toUnsignedInt(photo.samples()[source]);
      }
    }
    return region;
  }
}
