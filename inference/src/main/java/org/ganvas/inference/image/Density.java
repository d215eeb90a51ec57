package org.ganvas.inference.image;

/**
 * How large a picture is meant to be printed.
 *
 * @param x pixels per inch along a row, above 0
 * @param y pixels per inch along a column, above 0
 */
public record Density(double x, double y) {
  public Density {
    if (!(x > 0 && y > 0 && x < 1e6 && y < 1e6)) {
      throw new IllegalArgumentException(
          "density must be above 0 and below 1,000,000 pixels per inch, found " + x + " x " + y);
    }
  }

  /** The same picture turned by a quarter. */
  Density transposed() {
    return new Density(y, x);
  }
}
