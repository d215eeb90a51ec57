package org.ganvas.training.data;

/**
 * How the small picture of a pair is made from the large one. What it gives is a function of the
 * photo, the place and the random choices alone, and lies exactly on the large picture: the middle
 * of a small pixel is the middle of the large pixels that it stands for.
 */
public sealed interface Degradation permits BicubicDegradation, PhotoDegradation {

  /**
   * Makes a small picture.
   *
   * @param photo the large picture is a part of it
   * @param place of that part
   * @param random the sample's choices
   * @return (side, side, 3) red, green and blue: whole numbers from 0 to 255
   */
  float[] small(RgbPhoto photo, Place place, SampleRandom random);

  /**
   * A square of a photo's small picture; the large picture is the {@code scale} times as large
   * square of the photo above it.
   *
   * @param x pixels of the small picture to the left of the square
   * @param y rows above it
   * @param side pixels along each side
   * @param scale large pixels per small pixel along one side
   */
  record Place(int x, int y, int side, int scale) {
    public Place {
      if (x < 0 || y < 0 || side < 1 || scale < 1) {
        throw new IllegalArgumentException(
            "a place lies within the picture and has a side and a scale of at least 1, found %d, %d,"
                    .formatted(x, y)
                + " %d and %d".formatted(side, scale));
      }
    }
  }
}
