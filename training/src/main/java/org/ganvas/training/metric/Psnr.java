package org.ganvas.training.metric;

/** Peak signal-to-noise ratio. */
public final class Psnr {
  private static final double PEAK = 255;

  private Psnr() {}

  /**
   * The ratio in dB, against a peak of 255; infinite for equal pictures.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public static double of(Luma picture, Luma reference) {
    picture.checkSameSizeAs(reference);
    double sum = 0;
    for (int i = 0; i < picture.samples().length; i++) {
      double difference = picture.samples()[i] - reference.samples()[i];
      sum += difference * difference;
    }
    return ofMeanSquare(sum / picture.samples().length);
  }

  /** The ratio for a mean squared difference of samples from 0 to 255. */
  static double ofMeanSquare(double meanSquare) {
    return 10 * Math.log10(PEAK * PEAK / meanSquare);
  }
}
