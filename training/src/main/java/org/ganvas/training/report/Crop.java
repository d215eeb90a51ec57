package org.ganvas.training.report;

import java.util.List;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.tile.Rectangle;

/**
 * A part of a picture.
 *
 * @param difference how much pictures differ in it: the mean, over samples, of the largest minus
 *     the smallest
 */
record Crop(Rectangle place, double difference) {
  private static final int STEP = 4;

  /**
   * The square in which pictures differ most.
   *
   * @param pictures at least two, RGB, of one size
   * @param side in pixels; less where a picture is smaller
   */
  static Crop mostDifferent(List<Picture> pictures, int side) {
    int width = pictures.get(0).width();
    int height = pictures.get(0).height();
    int w = Math.min(side, width);
    int h = Math.min(side, height);
    long[] sums = sums(pictures, width, height);
    long most = -1;
    Rectangle place = new Rectangle(0, 0, w, h);
    for (int y = 0; y <= height - h; y += STEP) {
      for (int x = 0; x <= width - w; x += STEP) {
        long sum =
            at(sums, width, x + w, y + h)
                - at(sums, width, x, y + h)
                - at(sums, width, x + w, y)
                + at(sums, width, x, y);
        if (sum > most) {
          most = sum;
          place = new Rectangle(x, y, w, h);
        }
      }
    }
    return new Crop(place, most / (3.0 * w * h));
  }

  /** The differences above and left of each point: (height + 1, width + 1). */
  private static long[] sums(List<Picture> pictures, int width, int height) {
    long[] sums = new long[(width + 1) * (height + 1)];
    for (int y = 0; y < height; y++) {
      long row = 0;
      for (int x = 0; x < width; x++) {
        row += difference(pictures, 3 * (y * width + x));
        sums[(y + 1) * (width + 1) + x + 1] = at(sums, width, x + 1, y) + row;
      }
    }
    return sums;
  }

  private static long at(long[] sums, int width, int x, int y) {
    return sums[y * (width + 1) + x];
  }

  private static int difference(List<Picture> pictures, int pixel) {
    int sum = 0;
    for (int c = pixel; c < pixel + 3; c++) {
      int least = 255;
      int most = 0;
      for (Picture picture : pictures) {
        least = Math.min(least, picture.samples()[c]);
        most = Math.max(most, picture.samples()[c]);
      }
      sum += most - least;
    }
    return sum;
  }
}
