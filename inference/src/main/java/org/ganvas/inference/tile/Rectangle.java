package org.ganvas.inference.tile;

/** The pixels from ({@code left}, {@code top}), of which there is at least one. */
public record Rectangle(int left, int top, int width, int height) {

  public Rectangle {
    if (left < 0 || top < 0 || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a rectangle has at least one pixel and begins inside, found %dx%d at (%d, %d)"
              .formatted(width, height, left, top));
    }
  }

  /** The column after the last one. */
  public int right() {
    return left + width;
  }

  /** The row after the last one. */
  public int bottom() {
    return top + height;
  }

  /** The same area of a picture that is {@code scale} times as wide and high. */
  public Rectangle times(int scale) {
    return new Rectangle(left * scale, top * scale, width * scale, height * scale);
  }

  public boolean contains(Rectangle other) {
    return left <= other.left
        && top <= other.top
        && right() >= other.right()
        && bottom() >= other.bottom();
  }
}
