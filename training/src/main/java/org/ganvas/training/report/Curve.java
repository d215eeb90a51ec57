package org.ganvas.training.report;

import java.util.Arrays;

/**
 * One figure of a run over its steps.
 *
 * @param name as the log has it, such as {@code validationPsnr}
 * @param steps increasing, at least one
 * @param values one for each step, all finite
 */
record Curve(String name, double[] steps, double[] values) {

  /** Number of points. */
  int length() {
    return steps.length;
  }

  double last() {
    return values[values.length - 1];
  }

  /** The largest value, its sign put aside. */
  double largest() {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }

  /** The mean of the last points, at most so many. */
  double meanOfLast(int points) {
    int from = Math.max(0, length() - points);
    double sum = 0;
    for (int i = from; i < length(); i++) {
      sum += values[i];
    }
    return sum / (length() - from);
  }

  /**
   * The curve in at most so many points: where there are more, neighbours become their mean.
   *
   * @param points at least 1
   */
  Curve thinned(int points) {
    if (length() <= points) {
      return this;
    }
    double[] fewerSteps = new double[points];
    double[] fewerValues = new double[points];
    for (int i = 0; i < points; i++) {
      int from = (int) ((long) i * length() / points);
      int to = (int) ((i + 1L) * length() / points);
      for (int j = from; j < to; j++) {
        fewerSteps[i] += steps[j];
        fewerValues[i] += values[j];
      }
      fewerSteps[i] /= to - from;
      fewerValues[i] /= to - from;
    }
    return new Curve(name, fewerSteps, fewerValues);
  }
}
