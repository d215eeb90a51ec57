package org.ganvas.training.script;

/**
 * The shape of a two-dimensional convolution; written k, n and s in the SRGAN paper (figure 4).
 *
 * @param outputs channels that come out
 * @param kernel side of the square kernel
 * @param stride step between two positions
 * @param padding rows and columns of zeros added on each side
 * @param bias whether a number per output channel is added
 */
public record Convolution(int outputs, int kernel, int stride, int padding, boolean bias) {

  /** Stride 1, odd kernel, height and width unchanged. */
  public static Convolution same(int outputs, int kernel) {
    if (kernel % 2 == 0) {
      throw new IllegalArgumentException(
          "a convolution that keeps the size needs an odd kernel, found " + kernel);
    }
    return new Convolution(outputs, kernel, 1, kernel / 2, true);
  }
}
