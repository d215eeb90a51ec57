package org.ganvas.inference.task;

import org.jspecify.annotations.Nullable;

/**
 * How to upscale a picture.
 *
 * @param scale how many times as wide and high the result is, from 1 to 16, not necessarily a whole
 *     number; null for the model's own scale. Another scale is reached by resampling what the model
 *     gives
 * @param tiles into what tiles the picture is cut
 * @param margin what tiles share with their neighbours
 * @param selfEnsemble whether the network is shown the picture in all eight ways that it can lie
 *     and the mean is taken (Lim et al. 2017, EDSR, section 4.3): truer to the original, softer,
 *     and eight times the work
 * @param progress is told how far the work is
 */
public record UpscaleOptions(
    @Nullable Double scale,
    TilePolicy tiles,
    TileMargin margin,
    boolean selfEnsemble,
    Progress progress) {
  /** The model's scale, automatic tiles, computed once, nobody told. */
  public static final UpscaleOptions DEFAULT =
      new UpscaleOptions(null, TilePolicy.AUTO, TileMargin.DEFAULT, false, Progress.NONE);

  private static final double LARGEST_SCALE = 16;

  public UpscaleOptions {
    if (scale != null && !(scale >= 1 && scale <= LARGEST_SCALE)) {
      throw new IllegalArgumentException("a scale is a number from 1 to 16, found " + scale);
    }
  }

  /** Whether tiles must give what the untiled picture gives, bit for bit. */
  boolean isExact() {
    return tiles instanceof TilePolicy.Off || margin instanceof TileMargin.Exact;
  }

  public UpscaleOptions withScale(double newScale) {
    return new UpscaleOptions(newScale, tiles, margin, selfEnsemble, progress);
  }

  public UpscaleOptions withTiles(TilePolicy newTiles, TileMargin newMargin) {
    return new UpscaleOptions(scale, newTiles, newMargin, selfEnsemble, progress);
  }

  public UpscaleOptions withSelfEnsemble(boolean newSelfEnsemble) {
    return new UpscaleOptions(scale, tiles, margin, newSelfEnsemble, progress);
  }

  public UpscaleOptions withProgress(Progress newProgress) {
    return new UpscaleOptions(scale, tiles, margin, selfEnsemble, newProgress);
  }
}
