package org.ganvas.training.recipe;

import java.util.List;
import java.util.function.UnaryOperator;
import org.ganvas.inference.image.Bicubic;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.training.evaluation.PicturePair;

/**
 * A picture to look at: one row for each of a few pairs; bicubic, the network's result and the
 * original side by side, all of the same middle part.
 */
record SampleSheet(Picture picture) {
  private static final int ROWS = 4;

  /** Side of each cell in pixels, where the pictures are large enough. */
  private static final int CELL = 256;

  static SampleSheet of(List<PicturePair> pairs, UnaryOperator<Picture> upscaler) {
    List<PicturePair> shown = pairs.subList(0, Math.min(ROWS, pairs.size()));
    short[] samples = new short[3 * CELL * CELL * 3 * shown.size()];
    for (int row = 0; row < shown.size(); row++) {
      PicturePair pair = shown.get(row);
      Picture high = pair.high();
      paste(Bicubic.resize(pair.low(), high.width(), high.height()), samples, row, 0);
      paste(upscaler.apply(pair.low()), samples, row, 1);
      paste(high, samples, row, 2);
    }
    return new SampleSheet(new Picture(3 * CELL, CELL * shown.size(), PixelLayout.RGB, 8, samples));
  }

  /** Copies the middle of an RGB picture into a cell. */
  private static void paste(Picture from, short[] samples, int row, int column) {
    int width = Math.min(CELL, from.width());
    int height = Math.min(CELL, from.height());
    int left = (from.width() - width) / 2;
    int top = (from.height() - height) / 2;
    for (int y = 0; y < height; y++) {
      int source = ((top + y) * from.width() + left) * 3;
      int target = ((row * CELL + y) * 3 * CELL + column * CELL) * 3;
      System.arraycopy(from.samples(), source, samples, target, width * 3);
    }
  }
}
