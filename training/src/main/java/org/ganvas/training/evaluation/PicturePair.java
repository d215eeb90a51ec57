package org.ganvas.training.evaluation;

import java.util.function.UnaryOperator;
import org.ganvas.inference.image.Bicubic;
import org.ganvas.inference.image.Picture;
import org.ganvas.training.metric.Luma;
import org.ganvas.training.metric.Psnr;
import org.ganvas.training.metric.Ssim;

/**
 * A small picture and what it should become.
 *
 * @param name of the picture, for tables
 * @param low RGB, 8 bits
 * @param high RGB, 8 bits, {@code scale} times as wide and as high
 * @param scale pixels of {@code high} per pixel of {@code low} along one side
 * @param given whether {@code low} is a file of its own, and was not made from {@code high}
 */
public record PicturePair(String name, Picture low, Picture high, int scale, boolean given) {
  public PicturePair {
    if (high.width() != low.width() * scale || high.height() != low.height() * scale) {
      throw new IllegalArgumentException(
          "a pair's large picture is %d times the small one, found %dx%d for %dx%d"
              .formatted(scale, high.width(), high.height(), low.width(), low.height()));
    }
  }

  /**
   * How well the small picture is upscaled: PSNR and SSIM on Y, without {@code scale} pixels at
   * each border.
   *
   * @param upscaler makes an RGB picture of 8 bits, {@code scale} times as large
   * @throws IllegalArgumentException if its result has another size
   */
  public Score score(UnaryOperator<Picture> upscaler) {
    long start = System.nanoTime();
    Picture upscaled = upscaler.apply(low);
    return score(upscaled, (System.nanoTime() - start) / 1e9);
  }

  /** As {@link #score(UnaryOperator)}, of a result that took so many seconds. */
  Score score(Picture upscaled, double seconds) {
    Luma found = Luma.of(upscaled, scale);
    Luma wanted = Luma.of(high, scale);
    return new Score(Psnr.of(found, wanted), Ssim.of(found, wanted), seconds);
  }

  /** As {@link #score(UnaryOperator)}, of bicubic interpolation: what a network has to beat. */
  public Score bicubicScore() {
    return score(small -> Bicubic.resize(small, high.width(), high.height()));
  }
}
