package org.ganvas.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ganvas.inference.image.Bicubic;
import org.ganvas.inference.image.Picture;

/**
 * A picture as several upscalers made it, the original and bicubic interpolation beside them.
 *
 * @param pair the original and what it was made from
 * @param results {@value #ORIGINAL}, {@value #BICUBIC}, then each upscaler's
 */
public record ComparedPicture(PicturePair pair, List<Result> results) {
  /** The name under which the original stands. */
  public static final String ORIGINAL = "original";

  /** The name under which bicubic interpolation stands. */
  public static final String BICUBIC = "bicubic";

  /**
   * What one of them made.
   *
   * @param picture of the size of the pair's large picture
   */
  public record Result(String name, Picture picture, Quality quality) {}

  /** Has the pair's small picture upscaled by each of them. */
  public static ComparedPicture of(PicturePair pair, List<Contestant> contestants, Judge judge) {
    List<Result> results = new ArrayList<>();
    results.add(new Result(ORIGINAL, pair.high(), judge.judge(pair, pair.high(), 0)));
    int width = pair.high().width();
    int height = pair.high().height();
    results.add(result(pair, BICUBIC, low -> Bicubic.resize(low, width, height), judge));
    for (Contestant contestant : contestants) {
      results.add(result(pair, contestant.name(), contestant.upscaler(), judge));
    }
    return new ComparedPicture(pair, results);
  }

  private static Result result(
      PicturePair pair, String name, UnaryOperator<Picture> upscaler, Judge judge) {
    long start = System.nanoTime();
    Picture picture = upscaler.apply(pair.low());
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Result(name, picture, judge.judge(pair, picture, seconds));
  }

  /** What is to be told apart: the upscalers' results, or that of the only one and bicubic. */
  public List<Picture> contested() {
    int first = results.size() > 3 ? 2 : 1;
    return results.subList(first, results.size()).stream().map(Result::picture).toList();
  }
}
