package org.ganvas.training.data;

/**
 * A filter kernel that leaves the brightness and the place of a picture as they are: its weights
 * sum to one and are the same on opposite sides of the middle.
 *
 * @param side an odd number of pixels
 * @param weights (side, side) weights, row by row
 */
record BlurKernel(int side, float[] weights) {
  /** Steps of the integral that gives the Bessel function; exact to 1e-9 for what is asked here. */
  private static final int BESSEL_STEPS = 48;

  private static final int SINC_RADIUS = 8;

  /** The value of a kernel at a distance from its middle, in pixels. */
  private interface Profile {
    double at(double x, double y);
  }

  /**
   * The generalised Gaussian exp(-½ (xᵀΣ⁻¹x)^β) of Real-ESRGAN (Wang et al. 2021), section 3.1: β =
   * 1 is the Gaussian, a smaller one has a sharper peak and longer tails, a larger one a flat top.
   *
   * @param along standard deviation along the first axis in pixels, above 0
   * @param across standard deviation along the second axis; equal to the first for an isotropic
   *     kernel
   * @param angle of the first axis, in radians
   * @param beta β, above 0
   */
  static BlurKernel gaussian(double along, double across, double angle, double beta) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    int radius = Math.max(1, (int) Math.ceil(2.5 * Math.max(along, across)));
    return sampled(
        radius,
        (x, y) -> {
          double u = (cos * x + sin * y) / along;
          double v = (cos * y - sin * x) / across;
          return Math.exp(-0.5 * Math.pow(u * u + v * v, beta));
        });
  }

  /**
   * The circular low-pass filter of Real-ESRGAN, section 3.3, equation 6, which overshoots and
   * rings at edges as sharpening and compression do.
   *
   * @param cutoff ω in radians per pixel, above 0 and at most π
   */
  static BlurKernel sinc(double cutoff) {
    return sampled(
        SINC_RADIUS,
        (x, y) -> {
          double distance = Math.hypot(x, y);
          return distance == 0
              ? cutoff * cutoff / (4 * Math.PI)
              : cutoff / (2 * Math.PI * distance) * besselJ1(cutoff * distance);
        });
  }

  /**
   * The Bessel function of the first kind and order one, by Bessel's integral: the trapezoidal rule
   * converges exponentially, for the integrand is periodic.
   */
  static double besselJ1(double x) {
    double sum = 0;
    for (int i = 0; i < BESSEL_STEPS; i++) {
      double angle = Math.PI * (i + 0.5) / BESSEL_STEPS;
      sum += Math.cos(angle - x * Math.sin(angle));
    }
    return sum / BESSEL_STEPS;
  }

  private static BlurKernel sampled(int radius, Profile profile) {
    int side = 2 * radius + 1;
    double[] values = new double[side * side];
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      // The second half is the first one turned, exactly.
      int opposite = values.length - 1 - i;
      values[i] =
          opposite < i ? values[opposite] : profile.at(i % side - radius, i / side - radius);
      sum += values[i];
    }
    float[] weights = new float[values.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (values[i] / sum);
    }
    return new BlurKernel(side, weights);
  }
}
