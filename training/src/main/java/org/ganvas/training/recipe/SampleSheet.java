package org.ganvas.training.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ganvas.inference.image.Bicubic;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.training.evaluation.PicturePair;

/**
 * A picture to look at: rows of pictures that belong together, side by side, each its middle part.
 */
record SampleSheet(Picture picture) {
  /** Rows that a sheet has at most. */
  static final int ROWS = 4;

  /** Side of each cell in pixels, where the pictures are large enough. */
  private static final int CELL = 256;

  /** For each of a few pairs bicubic, the network's result and the original. */
  static SampleSheet of(List<PicturePair> pairs, UnaryOperator<Picture> upscaler) {
    List<List<Picture>> rows = new ArrayList<>();
    for (PicturePair pair : pairs.subList(0, Math.min(ROWS, pairs.size()))) {
      Picture high = pair.high();
      Picture bicubic = Bicubic.resize(pair.low(), high.width(), high.height());
      rows.add(List.of(bicubic, upscaler.apply(pair.low()), high));
    }
    return of(rows);
  }

  /**
   * The first rows of these.
   *
   * @param rows of equally many RGB pictures of 8 bits, at least one row
   */
  static SampleSheet of(List<List<Picture>> rows) {
    int columns = rows.get(0).size();
    int shown = Math.min(ROWS, rows.size());
    short[] samples = new short[3 * CELL * CELL * columns * shown];
    for (int row = 0; row < shown; row++) {
      for (int column = 0; column < columns; column++) {
        int first = (row * CELL * columns + column) * CELL * 3;
        paste(rows.get(row).get(column), samples, first, columns * CELL);
      }
    }
    return new SampleSheet(new Picture(columns * CELL, CELL * shown, PixelLayout.RGB, 8, samples));
  }

  /** Copies the middle of an RGB picture into a cell, given its first sample. */
  private static void paste(Picture from, short[] samples, int first, int stride) {
    int width = Math.min(CELL, from.width());
    int height = Math.min(CELL, from.height());
    int left = (from.width() - width) / 2;
    int top = (from.height() - height) / 2;
    for (int y = 0; y < height; y++) {
      int source = ((top + y) * from.width() + left) * 3;
      System.arraycopy(from.samples(), source, samples, first + 3 * y * stride, width * 3);
    }
  }
}
