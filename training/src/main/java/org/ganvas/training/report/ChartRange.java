package org.ganvas.training.report;

import java.util.Arrays;
import java.util.Collection;

/**
 * The values that a chart shows: all but the start of a long run and rare outliers, either of which
 * would press the rest of a curve flat.
 *
 * @param lower at the bottom
 * @param upper at the top, above the lower one
 * @param clips whether some points lie beyond
 */
record ChartRange(double lower, double upper, boolean clips) {
  /** Shorter curves are shown whole. */
  private static final int LONG = 40;

  /** The part of a long curve that counts as its start. */
  private static final double START = 0.05;

  /** The part of the other points that may lie beyond each end. */
  private static final double OUTLIERS = 0.01;

  private static final double PADDING = 0.08;

  static ChartRange of(Collection<Curve> curves) {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (Curve curve : curves) {
      double[] counted = curve.values();
      int outliers = 0;
      if (curve.length() >= LONG) {
        int start = (int) (START * curve.length());
        counted = Arrays.copyOfRange(counted, start, counted.length);
        outliers = (int) (OUTLIERS * counted.length);
      }
      double[] sorted = counted.clone();
      Arrays.sort(sorted);
      lowest = Math.min(lowest, sorted[outliers]);
      highest = Math.max(highest, sorted[sorted.length - 1 - outliers]);
    }
    double padding = PADDING * (highest - lowest);
    if (padding == 0) {
      padding = highest == 0 ? 1 : PADDING * Math.abs(highest);
    }
    double lower = lowest - padding;
    double upper = highest + padding;
    boolean clips =
        curves.stream()
            .flatMapToDouble(curve -> Arrays.stream(curve.values()))
            .anyMatch(value -> value < lower || value > upper);
    return new ChartRange(lower, upper, clips);
  }
}
