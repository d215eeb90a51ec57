package org.ganvas.training.script;

/**
 * A tensor (N, C, H, W) in a program that is being written.
 *
 * @param variable the name of the program's variable that holds it
 * @param channels C
 * @param grid H and W, and where they lie over the network's input
 * @param radius how far, in pixels of the network's input, the pixels that can influence a value
 *     may be from those that it covers; infinite after an operation that looks at the whole picture
 */
public record Value(String variable, int channels, Grid grid, double radius) {

  Value withVariable(String newVariable) {
    return new Value(newVariable, channels, grid, radius);
  }

  Value withChannels(int newChannels) {
    return new Value(variable, newChannels, grid, radius);
  }

  Value withGrid(Grid newGrid) {
    return new Value(variable, channels, newGrid, radius);
  }

  /** The same tensor seen through a window that reaches {@code pixels} of this tensor further. */
  Value widenedBy(double pixels) {
    return new Value(variable, channels, grid, radius + pixels * grid.step());
  }

  /** One number per channel that follows from every pixel. */
  Value collapsed() {
    return new Value(variable, channels, Grid.SINGLE, Double.POSITIVE_INFINITY);
  }

  /**
   * H and W multiplied by {@code factor}. What a pixel of this tensor covered beyond what a pixel
   * of the enlarged one covers lies around it then; none covers less than one pixel of the input.
   */
  Value enlarged(int factor) {
    Grid finer = grid.enlarged(factor);
    double uncovered = Math.max(1, grid.step()) - Math.max(1, finer.step());
    return new Value(variable, channels, finer, radius + uncovered);
  }

  /** The radius once the value lies on {@code other}, a grid of the same size. */
  double radiusOn(Grid other) {
    return radius + Math.abs(grid.start() - other.start());
  }

  boolean sameSize(Value other) {
    return grid.sameSize(other.grid);
  }

  @Override
  public String toString() {
    return "%s (N, %d, %s, %s)"
        .formatted(variable, channels, grid.describe("H"), grid.describe("W"));
  }
}
