package org.ganvas.training.script;

/**
 * A tensor (N, C, H, W) in a program that is being written.
 *
 * @param variable the name of the program's variable that holds it
 * @param channels C
 * @param up with {@code down}: H and W are those of the network's input times {@code up / down}
 * @param down see {@code up}; the fraction is in lowest terms
 * @param radius how far, in pixels of the network's input, the pixels that can influence a value
 *     may be from those that it covers; infinite after an operation that looks at the whole picture
 */
public record Value(String variable, int channels, int up, int down, double radius) {

  /** Pixels of this tensor per pixel of the network's input, along one side. */
  double scale() {
    return (double) up / down;
  }

  /** Pixels of this tensor per pixel of the network's input, by area. */
  double areaScale() {
    return scale() * scale();
  }

  Value withVariable(String newVariable) {
    return new Value(newVariable, channels, up, down, radius);
  }

  Value withChannels(int newChannels) {
    return new Value(variable, newChannels, up, down, radius);
  }

  /** The same tensor seen through a window that reaches {@code pixels} of this tensor further. */
  Value widenedBy(double pixels) {
    return new Value(variable, channels, up, down, radius + pixels / scale());
  }

  /**
   * H and W multiplied by {@code factor}. What a pixel of this tensor covered beyond what a pixel
   * of the enlarged one covers lies around it then; none covers less than one pixel of the input.
   */
  Value enlarged(int factor) {
    Value finer = scaled(up * factor, down);
    double uncovered = Math.max(1, 1 / scale()) - Math.max(1, 1 / finer.scale());
    return new Value(variable, channels, finer.up, finer.down, radius + uncovered);
  }

  /** H and W divided by {@code factor}. */
  Value shrunk(int factor) {
    return scaled(up, down * factor);
  }

  private Value scaled(int newUp, int newDown) {
    int divisor = gcd(newUp, newDown);
    return new Value(variable, channels, newUp / divisor, newDown / divisor, radius);
  }

  static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  @Override
  public String toString() {
    return "%s (N, %d, %sH, %sW)".formatted(variable, channels, factor(), factor());
  }

  private String factor() {
    if (up == down) {
      return "";
    }
    return down == 1 ? Integer.toString(up) : up + "/" + down + " ";
  }
}
