package org.ganvas.training.metric;

import java.util.stream.DoubleStream;

/** Peak signal-to-noise ratio. */
public final class Psnr {
  private static final double PEAK = 255;

  /** What a ratio counts as at most in a mean, in dB. */
  private static final double MOST = 100;

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

  /**
   * The mean of ratios in dB, each counted as 100 dB at most: the infinite one of equal pictures,
   * of flat ones say, would hide all others. Infinite if all are.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static double mean(double... ratios) {
    if (ratios.length == 0) {
      throw new IllegalArgumentException("a mean needs at least one figure, found none");
    }
    return DoubleStream.of(ratios).allMatch(Double::isInfinite)
        ? Double.POSITIVE_INFINITY
        : DoubleStream.of(ratios).map(ratio -> Math.min(ratio, MOST)).average().orElseThrow();
  }

  /** The ratio for a mean squared difference of samples from 0 to 255. */
  static double ofMeanSquare(double meanSquare) {
    return 10 * Math.log10(PEAK * PEAK / meanSquare);
  }
}
