package org.ganvas.training.evaluation;

import java.util.Collection;
import org.ganvas.training.metric.Psnr;

/**
 * How close an upscaled picture came, or the mean over pictures.
 *
 * @param psnr on Y, in dB; infinite for equal pictures
 * @param ssim on Y, at most 1
 * @param seconds that upscaling took
 */
public record Score(double psnr, double ssim, double seconds) {

  /**
   * The mean of each figure, see {@link Psnr#mean}.
   *
   * @throws IllegalArgumentException if there are no scores
   */
  public static Score mean(Collection<Score> scores) {
    if (scores.isEmpty()) {
      throw new IllegalArgumentException("a mean needs at least one score, found none");
    }
    return new Score(
        Psnr.mean(scores.stream().mapToDouble(Score::psnr).toArray()),
        scores.stream().mapToDouble(Score::ssim).average().orElseThrow(),
        scores.stream().mapToDouble(Score::seconds).average().orElseThrow());
  }
}
