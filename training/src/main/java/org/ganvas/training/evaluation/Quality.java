package org.ganvas.training.evaluation;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How good an upscaled picture is, or the mean over pictures.
 *
 * @param score how close it comes, and how long it took
 * @param distance how different it looks from the original, 0 if equal; null if not measured
 * @param brisque how natural it looks, 0 (best) to 100; null if not measured
 */
public record Quality(Score score, @Nullable Double distance, @Nullable Double brisque) {

  /**
   * The mean of each figure.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Quality mean(List<Quality> qualities) {
    return new Quality(
        Score.mean(qualities.stream().map(Quality::score).toList()),
        mean(qualities, Quality::distance),
        mean(qualities, Quality::brisque));
  }

  /** Null if any of them was not measured. */
  private static @Nullable Double mean(
      List<Quality> qualities, Function<Quality, @Nullable Double> figure) {
    double sum = 0;
    for (Quality quality : qualities) {
      Double value = figure.apply(quality);
      if (value == null) {
        return null;
      }
      sum += value;
    }
    return sum / qualities.size();
  }
}
