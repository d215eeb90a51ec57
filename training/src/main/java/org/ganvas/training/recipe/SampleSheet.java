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
final class SampleSheet {
  /** Rows that a sheet has at most. */
  static final int ROWS = 4;

  /** The largest side of a cell in pixels. */
  private static final int LARGEST_CELL = 256;

  private SampleSheet() {}

  /** For each of a few pairs bicubic, the network's result and the original. */
  static Validation.Samples of(List<PicturePair> pairs, UnaryOperator<Picture> upscaler) {
    List<List<Picture>> rows = new ArrayList<>();
    for (PicturePair pair : pairs.subList(0, Math.min(ROWS, pairs.size()))) {
      Picture high = pair.high();
      Picture bicubic = Bicubic.resize(pair.low(), high.width(), high.height());
      rows.add(List.of(bicubic, upscaler.apply(pair.low()), high));
    }
    return of(rows, "bicubic, the network, the original");
  }

  /**
   * The first rows of these.
   *
   * @param rows of equally many RGB pictures of 8 bits, at least one row
   * @param columns what they are, from left to right
   */
  static Validation.Samples of(List<List<Picture>> rows, String columns) {
    return new Validation.Samples(sheet(rows), "from left to right: " + columns);
  }

  private static Picture sheet(List<List<Picture>> rows) {
    int columns = rows.get(0).size();
    int shown = Math.min(ROWS, rows.size());
    int cell = cell(rows.subList(0, shown));
    short[] samples = new short[3 * cell * cell * columns * shown];
    for (int row = 0; row < shown; row++) {
      for (int column = 0; column < columns; column++) {
        int first = (row * cell * columns + column) * cell * 3;
        paste(rows.get(row).get(column), cell, samples, first, columns * cell);
      }
    }
    return new Picture(columns * cell, cell * shown, PixelLayout.RGB, 8, samples);
  }

  /** As large as the largest picture, up to a limit. */
  private static int cell(List<List<Picture>> rows) {
    int longest =
        rows.stream()
            .flatMap(List::stream)
            .mapToInt(picture -> Math.max(picture.width(), picture.height()))
            .max()
            .orElseThrow();
    return Math.min(LARGEST_CELL, longest);
  }

  /** Copies the middle of an RGB picture into a cell, given its first sample. */
  private static void paste(Picture from, int cell, short[] samples, int first, int stride) {
    int width = Math.min(cell, from.width());
    int height = Math.min(cell, from.height());
    int left = (from.width() - width) / 2;
    int top = (from.height() - height) / 2;
    for (int y = 0; y < height; y++) {
      int source = ((top + y) * from.width() + left) * 3;
      System.arraycopy(from.samples(), source, samples, first + 3 * y * stride, width * 3);
    }
  }
}
