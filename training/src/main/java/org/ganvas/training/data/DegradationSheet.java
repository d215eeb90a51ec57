package org.ganvas.training.data;

import java.util.Arrays;
import org.ganvas.inference.image.Bicubic;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;

/**
 * A picture to look at: the middle of a photo, and around it twenty small pictures that a
 * degradation makes of it, with their pixels enlarged so that the faults can be seen.
 */
public final class DegradationSheet {
  private static final int COLUMNS = 6;
  private static final int ROWS = 4;

  /** Side of a small picture's cell in pixels; the original takes two by two cells. */
  private static final int CELL = 192;

  private static final int GAP = 4;

  /** How many times each small pixel is repeated along both sides; more if the photo is small. */
  private static final int ENLARGEMENT = 2;

  /** Side of the smallest small picture. */
  private static final int SMALLEST = 8;

  private static final int WIDTH = COLUMNS * (CELL + GAP) - GAP;
  private static final int HEIGHT = ROWS * (CELL + GAP) - GAP;

  private final short[] samples = new short[3 * WIDTH * HEIGHT];

  private DegradationSheet() {
    Arrays.fill(samples, (short) 255);
  }

  /**
   * Draws a sheet.
   *
   * @param photo whose middle is shown
   * @param degradation that is shown
   * @param scale large pixels per small pixel along one side
   * @param seed of the random choices; the result in cell i is that of sample i
   * @return an 8-bit RGB picture
   * @throws IllegalArgumentException if the photo is smaller than a few pixels
   */
  public static Picture of(RgbPhoto photo, Degradation degradation, int scale, long seed) {
    int shortSide = Math.min(photo.width(), photo.height()) / scale;
    if (shortSide < SMALLEST) {
      throw new IllegalArgumentException(
          "a sheet needs a photo of at least %d pixels per side at x%d, found %dx%d"
              .formatted(SMALLEST * scale, scale, photo.width(), photo.height()));
    }
    int side = CELL / Math.max(ENLARGEMENT, (CELL + shortSide - 1) / shortSide);
    Degradation.Place place =
        new Degradation.Place(
            (photo.width() / scale - side) / 2, (photo.height() / scale - side) / 2, side, scale);
    DegradationSheet sheet = new DegradationSheet();
    sheet.pasteOriginal(photo, place);
    for (int cell = 0, index = 0; cell < COLUMNS * ROWS; cell++) {
      int column = cell % COLUMNS;
      int row = cell / COLUMNS;
      if (column >= 2 || row >= 2) {
        float[] small = degradation.small(photo, place, new SampleRandom(seed, index++));
        sheet.pasteEnlarged(small, side, column * (CELL + GAP), row * (CELL + GAP));
      }
    }
    return new Picture(WIDTH, HEIGHT, PixelLayout.RGB, 8, sheet.samples);
  }

  private void pasteOriginal(RgbPhoto photo, Degradation.Place place) {
    int side = place.side() * place.scale();
    Picture cut =
        photo.square(place.x() * place.scale(), place.y() * place.scale(), side).toPicture();
    int shown = 2 * CELL;
    Picture resized = side == shown ? cut : Bicubic.resize(cut, shown, shown);
    for (int y = 0; y < shown; y++) {
      System.arraycopy(
          resized.samples(),
          3 * y * shown,
          samples,
          3 * ((GAP / 2 + y) * WIDTH + GAP / 2),
          3 * shown);
    }
  }

  private void pasteEnlarged(float[] small, int side, int left, int top) {
    int enlargement = CELL / side;
    for (int y = 0; y < side * enlargement; y++) {
      for (int x = 0; x < side * enlargement; x++) {
        int from = 3 * (y / enlargement * side + x / enlargement);
        int to = 3 * ((top + y) * WIDTH + left + x);
        for (int channel = 0; channel < 3; channel++) {
          samples[to + channel] = (short) small[from + channel];
        }
      }
    }
  }
}
