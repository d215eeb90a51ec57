package org.ganvas.training.script;

/**
 * The shape of a two-dimensional transposed convolution, "fractionally strided" in the DCGAN paper.
 *
 * @param outputs channels that come out
 * @param kernel side of the square kernel
 * @param stride step in the result between two positions of the input
 * @param padding rows and columns of the result that are cut off on each side
 * @param outputPadding rows and columns that are kept beyond that at the end
 * @param bias whether a number per output channel is added
 */
public record TransposedConvolution(
    int outputs, int kernel, int stride, int padding, int outputPadding, boolean bias) {

  /** k4 s2 p1: height and width doubled. */
  public static TransposedConvolution doubling(int outputs, boolean bias) {
    return new TransposedConvolution(outputs, 4, 2, 1, 0, bias);
  }

  /** Pixels that it reaches beyond one that it covers, in the result, on the farther side. */
  int reach() {
    return Math.max(kernel - 1 - padding, padding + stride - 1);
  }

  /** What it makes of a grid: side to {@code (side - 1) stride - 2 padding + kernel + ...}. */
  Grid applied(Grid grid) {
    return grid.enlarged(stride).lengthened(kernel + outputPadding - stride - 2 * padding);
  }
}
