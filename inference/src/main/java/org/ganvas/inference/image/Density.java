package org.ganvas.inference.image;

import org.jspecify.annotations.Nullable;

/**
 * How large a picture is meant to be printed.
 *
 * @param x pixels per inch along a row, above 0
 * @param y pixels per inch along a column, above 0
 */
public record Density(double x, double y) {
  private static final double LIMIT = 1e6;
  private static final int NO_UNIT = 1;
  private static final int INCHES = 2;
  private static final int CENTIMETRES = 3;
  static final double CENTIMETRES_PER_INCH = 2.54;

  public Density {
    if (!(x > 0 && y > 0 && x < LIMIT && y < LIMIT)) {
      throw new IllegalArgumentException(
          "density must be above 0 and below 1,000,000 pixels per inch, found " + x + " x " + y);
    }
  }

  /** The density of a file that says so, or null if that is none. */
  static @Nullable Density of(double x, double y) {
    return x > 0 && y > 0 && x < LIMIT && y < LIMIT ? new Density(x, y) : null;
  }

  /** What a directory of a TIFF or an EXIF block says, or null if that is nothing. */
  static @Nullable Density of(TiffDirectory directory) {
    long unit = directory.number(TiffDirectory.RESOLUTION_UNIT, INCHES);
    double perInch = unit == CENTIMETRES ? CENTIMETRES_PER_INCH : 1;
    double x = directory.fraction(TiffDirectory.X_RESOLUTION) * perInch;
    double y = directory.fraction(TiffDirectory.Y_RESOLUTION) * perInch;
    return unit == NO_UNIT ? null : of(x, y);
  }

  /** The same picture turned by a quarter. */
  Density transposed() {
    return new Density(y, x);
  }
}
