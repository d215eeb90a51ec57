package org.ganvas.training.metric;

/**
 * Structural similarity: Wang, Bovik, Sheikh and Simoncelli, "Image quality assessment: from error
 * visibility to structural similarity", 2004, with the constants of its section III.C, averaged
 * over the places where the whole window lies inside the picture.
 */
public final class Ssim {
  static final int WINDOW = 11;
  private static final double SIGMA = 1.5;
  private static final double C1 = Math.pow(0.01 * 255, 2);
  private static final double C2 = Math.pow(0.03 * 255, 2);

  private Ssim() {}

  /**
   * The similarity, at most 1 (equal pictures).
   *
   * @throws IllegalArgumentException if the sizes differ, or a side is shorter than the window of
   *     11
   */
  public static double of(Luma picture, Luma reference) {
    picture.checkSameSizeAs(reference);
    if (Math.min(picture.width(), picture.height()) < WINDOW) {
      throw new IllegalArgumentException(
          "similarity needs at least %d pixels per side inside the border, found %dx%d"
              .formatted(WINDOW, picture.width(), picture.height()));
    }
    return of(picture.samples(), reference.samples(), picture.width());
  }

  /** As above, of two planes of this width with samples from 0 to 255. */
  static double of(double[] a, double[] b, int width) {
    double[] meanA = blurred(a, width);
    double[] meanB = blurred(b, width);
    double[] squareA = blurred(product(a, a), width);
    double[] squareB = blurred(product(b, b), width);
    double[] mixed = blurred(product(a, b), width);
    double sum = 0;
    for (int i = 0; i < meanA.length; i++) {
      double meanProduct = meanA[i] * meanB[i];
      double meanSquares = meanA[i] * meanA[i] + meanB[i] * meanB[i];
      double covariance = mixed[i] - meanProduct;
      double variances = squareA[i] + squareB[i] - meanSquares;
      sum +=
          (2 * meanProduct + C1) * (2 * covariance + C2) / ((meanSquares + C1) * (variances + C2));
    }
    return sum / meanA.length;
  }

  private static double[] product(double[] a, double[] b) {
    double[] product = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      product[i] = a[i] * b[i];
    }
    return product;
  }

  /** The Gaussian mean around each pixel that has a whole window around it. */
  private static double[] blurred(double[] samples, int width) {
    double[] kernel = kernel();
    int newWidth = width - WINDOW + 1;
    int height = samples.length / width;
    double[] rows = new double[newWidth * height];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = weighted(samples, i / newWidth * width + i % newWidth, 1, kernel);
    }
    double[] blurred = new double[newWidth * (height - WINDOW + 1)];
    for (int i = 0; i < blurred.length; i++) {
      blurred[i] = weighted(rows, i, newWidth, kernel);
    }
    return blurred;
  }

  private static double weighted(double[] samples, int first, int step, double[] kernel) {
    double sum = 0;
    for (int tap = 0, i = first; tap < WINDOW; tap++, i += step) {
      sum += kernel[tap] * samples[i];
    }
    return sum;
  }

  private static double[] kernel() {
    double[] kernel = new double[WINDOW];
    double sum = 0;
    for (int tap = 0; tap < WINDOW; tap++) {
      double distance = tap - WINDOW / 2;
      kernel[tap] = Math.exp(-distance * distance / (2 * SIGMA * SIGMA));
      sum += kernel[tap];
    }
    for (int tap = 0; tap < WINDOW; tap++) {
      kernel[tap] /= sum;
    }
    return kernel;
  }
}
