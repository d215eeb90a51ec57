package org.ganvas.training.data;

/**
 * One of the eight ways to lay down a square: first mirrored, then turned over its diagonal.
 *
 * @param mirroredX left and right change places
 * @param mirroredY top and bottom change places
 * @param transposed rows and columns change places
 */
record Orientation(boolean mirroredX, boolean mirroredY, boolean transposed) {
  static final int COUNT = 8;

  /** The orientation of a number from 0 (unchanged) to 7. */
  static Orientation of(int number) {
    return new Orientation((number & 1) != 0, (number & 2) != 0, (number & 4) != 0);
  }

  /** Where the sample of row y, column x of a square of {@code side} lands: row * side + column. */
  int index(int x, int y, int side) {
    int column = mirroredX ? side - 1 - x : x;
    int row = mirroredY ? side - 1 - y : y;
    return transposed ? column * side + row : row * side + column;
  }
}
