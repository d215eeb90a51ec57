package org.ganvas.training.evaluation;

import java.util.Collection;

/**
 * How close an upscaled picture came, or the mean over pictures.
 *
 * @param psnr on Y, in dB
 * @param ssim on Y, at most 1
 * @param seconds that upscaling took
 */
public record Score(double psnr, double ssim, double seconds) {

  /**
   * The mean of each figure.
   *
   * @throws IllegalArgumentException if there are no scores
   */
  public static Score mean(Collection<Score> scores) {
    if (scores.isEmpty()) {
      throw new IllegalArgumentException("a mean needs at least one score, found none");
    }
    return new Score(
        scores.stream().mapToDouble(Score::psnr).average().orElseThrow(),
        scores.stream().mapToDouble(Score::ssim).average().orElseThrow(),
        scores.stream().mapToDouble(Score::seconds).average().orElseThrow());
  }
}
