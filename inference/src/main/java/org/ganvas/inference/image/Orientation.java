package org.ganvas.inference.image;

/**
 * The eight ways that a picture can lie: how stored pixels must be turned to stand upright. The
 * order is that of the values 1 to 8 of the EXIF tag Orientation (Exif 2.32, 4.6.4).
 */
public enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  HALF_TURN(false, true, true),
  FLIPPED(false, false, true),
  TRANSPOSED(true, false, false),
  QUARTER_TURN_RIGHT(true, false, true),
  TRANSVERSED(true, true, true),
  QUARTER_TURN_LEFT(true, true, false);

  private final boolean swapsSides;
  private final boolean columnsReversed;
  private final boolean rowsReversed;

  Orientation(boolean swapsSides, boolean columnsReversed, boolean rowsReversed) {
    this.swapsSides = swapsSides;
    this.columnsReversed = columnsReversed;
    this.rowsReversed = rowsReversed;
  }

  /** The orientation of an EXIF value; anything but 2 to 8 counts as upright. */
  static Orientation ofExif(long value) {
    return value >= 1 && value <= 8 ? values()[(int) value - 1] : UPRIGHT;
  }

  /** Whether what is wide becomes high. */
  public boolean swapsSides() {
    return swapsSides;
  }

  /**
   * The index, in the upright picture, of the pixel that is stored at column x of row y of a
   * picture {@code width} by {@code height}.
   */
  public int index(int x, int y, int width, int height) {
    int column = columnsReversed ? width - 1 - x : x;
    int row = rowsReversed ? height - 1 - y : y;
    return swapsSides ? column * height + row : row * width + column;
  }
}
