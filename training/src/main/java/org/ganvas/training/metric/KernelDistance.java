package org.ganvas.training.metric;

import java.util.SplittableRandom;

/**
 * The kernel distance of two sets of feature vectors (Bińkowski et al. 2018, "Demystifying MMD
 * GANs", section 4): the unbiased estimate of the squared maximum mean discrepancy with the kernel
 * (x · y / D + 1)³, averaged over random subsets. 0 in the mean for two sets of one distribution,
 * so it may be slightly negative.
 *
 * @param mean over the subsets
 * @param deviation standard deviation over the subsets, 0 for one subset
 */
public record KernelDistance(double mean, double deviation) {

  /**
   * How it is estimated.
   *
   * @param subsets how many are drawn, at least 1
   * @param size of a subset, at least 2; all vectors if a set has fewer
   * @param seed of the draws
   */
  public record Settings(int subsets, int size, long seed) {
    /** What is used unless told otherwise; the paper takes 100 subsets of 1000. */
    public static final Settings DEFAULT = new Settings(50, 500, 1);

    public Settings {
      if (subsets < 1 || size < 2) {
        throw new IllegalArgumentException(
            "there is at least 1 subset of at least 2 pictures, found %d of %d"
                .formatted(subsets, size));
      }
    }
  }

  /**
   * Compares two sets.
   *
   * @param real (M, D) feature vectors
   * @param generated (N, D) feature vectors
   * @throws IllegalArgumentException if a set has fewer than 2 vectors, or their lengths differ
   */
  public static KernelDistance of(float[][] real, float[][] generated, Settings settings) {
    int size = Math.min(settings.size, Math.min(real.length, generated.length));
    if (size < 2) {
      throw new IllegalArgumentException(
          "a kernel distance needs at least 2 pictures of each kind, found %d and %d"
              .formatted(real.length, generated.length));
    }
    SplittableRandom random = new SplittableRandom(settings.seed);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < settings.subsets; i++) {
      double estimate = estimate(subset(real, size, random), subset(generated, size, random));
      sum += estimate;
      squares += estimate * estimate;
    }
    double mean = sum / settings.subsets;
    double variance = Math.max(0, squares / settings.subsets - mean * mean);
    return new KernelDistance(mean, Math.sqrt(variance));
  }

  /** Different vectors, by the first steps of Fisher's and Yates's shuffle. */
  private static float[][] subset(float[][] vectors, int size, SplittableRandom random) {
    float[][] shuffled = vectors.clone();
    float[][] subset = new float[size][];
    for (int i = 0; i < size; i++) {
      int chosen = i + random.nextInt(shuffled.length - i);
      subset[i] = shuffled[chosen];
      shuffled[chosen] = shuffled[i];
    }
    return subset;
  }

  private static double estimate(float[][] x, float[][] y) {
    return meanOfOthers(x) + meanOfOthers(y) - 2 * mean(x, y);
  }

  private static double mean(float[][] x, float[][] y) {
    double sum = 0;
    for (double[] row : FeatureMatrix.products(x, y)) {
      for (double product : row) {
        sum += kernel(product, x[0].length);
      }
    }
    return sum / x.length / y.length;
  }

  /** The mean over pairs of different vectors. */
  private static double meanOfOthers(float[][] x) {
    double sum = 0;
    double[][] products = FeatureMatrix.products(x, x);
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        sum += i == j ? 0 : kernel(products[i][j], x[0].length);
      }
    }
    return sum / x.length / (x.length - 1);
  }

  private static double kernel(double product, int length) {
    double base = product / length + 1;
    return base * base * base;
  }
}
