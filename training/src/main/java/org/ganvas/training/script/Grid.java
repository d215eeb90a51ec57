package org.ganvas.training.script;

/**
 * Where the rows and columns of a tensor lie over the network's input. Its side is that of the
 * input times {@code up / down}, plus {@code plus}; pixel j covers the input's pixels from {@code
 * start + j down / up} to where pixel j + 1 begins.
 *
 * @param up see above; 0 for a tensor whose side does not follow the input's
 * @param down see above; the fraction is in lowest terms
 * @param plus pixels of this tensor more, or fewer, than the fraction says
 * @param start in pixels of the input; below 0 for what a padding added
 */
record Grid(int up, int down, int plus, double start) {
  /** The grid of the network's input. */
  static final Grid INPUT = new Grid(1, 1, 0, 0);

  /** One number for the whole picture. */
  static final Grid SINGLE = new Grid(0, 1, 1, 0);

  Grid {
    int divisor = gcd(up, down);
    up /= divisor;
    down /= divisor;
  }

  static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** Pixels of this tensor per pixel of the input, along one side. */
  double scale() {
    return (double) up / down;
  }

  /** Pixels of the input per pixel of this tensor, along one side; 0 if there is no such number. */
  double step() {
    return up == 0 ? 0 : (double) down / up;
  }

  /** The side of this tensor for that side of the input. */
  int side(int inputSide) {
    return inputSide * up / down + plus;
  }

  /** The smallest side of the input for which this tensor has a pixel. */
  int smallestInput() {
    return up == 0 ? 1 : Math.max(1, -Math.floorDiv((plus - 1) * down, up));
  }

  /** {@code pixels} more on each side. */
  Grid padded(int pixels) {
    return new Grid(up, down, plus + 2 * pixels, start - pixels * step());
  }

  /** What a convolution makes of this grid. */
  Grid convolved(int kernel, int stride, int padding) {
    int fewer = Math.floorDiv(plus + 2 * padding - kernel, stride) + 1;
    double shift = reach(kernel, stride) - padding;
    return new Grid(up, down * stride, fewer, start + shift * step());
  }

  /** What pooling makes of this grid; rounded up if {@code last} windows may reach beyond it. */
  Grid pooled(int kernel, int stride, boolean last) {
    Grid pooled = convolved(kernel, stride, 0);
    boolean rest = Math.floorMod(plus - kernel, stride) != 0;
    return last && rest ? pooled.lengthened(1) : pooled;
  }

  /**
   * How many pixels beyond those that its result covers a convolution sees on each side: half a
   * pixel where a pixel of the result covers an even number and sees an odd one.
   */
  static double reach(int kernel, int stride) {
    return Math.max(0, (kernel - stride) / 2.0);
  }

  /** {@code factor} pixels in the place of one, along one side. */
  Grid enlarged(int factor) {
    return new Grid(up * factor, down, plus * factor, start);
  }

  /** {@code pixels} more at the end. */
  Grid lengthened(int pixels) {
    return new Grid(up, down, plus + pixels, start);
  }

  boolean sameSize(Grid other) {
    return up == other.up && down == other.down && plus == other.plus;
  }

  /** Such as 2H, 1/8 H - 2 or 4. */
  String describe(String side) {
    if (up == 0) {
      return Integer.toString(plus);
    }
    String factor = down == 1 ? (up == 1 ? "" : Integer.toString(up)) : up + "/" + down + " ";
    String offset = plus == 0 ? "" : (plus < 0 ? " - " : " + ") + Math.abs(plus);
    return factor + side + offset;
  }
}
