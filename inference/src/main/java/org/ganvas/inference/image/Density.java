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

  /** The same picture turned by a quarter. */
  Density transposed() {
    return new Density(y, x);
  }
}
