package org.ganvas.inference.task;

import org.jspecify.annotations.Nullable;

/**
 * How to translate a picture.
 *
 * @param fit the network sees the picture squeezed to so many pixels along both sides, from 16 to
 *     4096, and its result is stretched to the picture's size; null to keep the picture's shape
 * @param tiles into what tiles the picture is cut
 * @param margin what tiles share with their neighbours
 * @param progress is told how far the work is
 */
public record TranslateOptions(
    @Nullable Integer fit, TilePolicy tiles, TileMargin margin, Progress progress) {
  /** The picture's own shape, tiles where memory asks for them and as they never show. */
  public static final TranslateOptions DEFAULT =
      new TranslateOptions(null, TilePolicy.AUTO, TileMargin.EXACT, Progress.NONE);

  private static final int SMALLEST_FIT = 16;
  private static final int LARGEST_FIT = 4096;

  public TranslateOptions {
    if (fit != null && (fit < SMALLEST_FIT || fit > LARGEST_FIT)) {
      throw new IllegalArgumentException(
          "a picture is squeezed to %d to %d pixels along a side, found %d"
              .formatted(SMALLEST_FIT, LARGEST_FIT, fit));
    }
  }

  public TranslateOptions withFit(int newFit) {
    return new TranslateOptions(newFit, tiles, margin, progress);
  }

  public TranslateOptions withTiles(TilePolicy newTiles, TileMargin newMargin) {
    return new TranslateOptions(fit, newTiles, newMargin, progress);
  }

  public TranslateOptions withProgress(Progress newProgress) {
    return new TranslateOptions(fit, tiles, margin, newProgress);
  }
}
