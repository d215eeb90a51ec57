package org.ganvas.training.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.ganvas.inference.image.Picture;
import org.ganvas.training.data.PhotoFolder.Skipped;
import org.ganvas.training.data.UnreadablePhotoException;

/**
 * Pictures to judge an upscaler by again and again, as validation does: read once, with the scores
 * that bicubic interpolation reaches on them. Immutable.
 *
 * @param pairs at least one
 * @param bicubic the mean score of bicubic interpolation
 */
public record SuperResolutionEvaluation(List<PicturePair> pairs, Score bicubic) {
  public SuperResolutionEvaluation {
    pairs = List.copyOf(pairs);
  }

  /** An evaluation on these pairs, at least one. */
  public static SuperResolutionEvaluation on(List<PicturePair> pairs) {
    return new SuperResolutionEvaluation(
        pairs, Score.mean(pairs.stream().map(PicturePair::bicubicScore).toList()));
  }

  /**
   * Reads the pairs of a folder.
   *
   * @param atMost the largest number of pairs to take; the first ones by name
   * @throws IOException if it has none, or one cannot be read
   */
  public static SuperResolutionEvaluation in(Path folder, int scale, int atMost)
      throws IOException {
    List<PairFiles> files = PairFiles.in(folder);
    List<PicturePair> pairs = new ArrayList<>();
    for (PairFiles file : files.subList(0, Math.min(atMost, files.size()))) {
      try {
        pairs.add(file.read(scale));
      } catch (UnreadablePhotoException e) {
        throw new UnreadablePhotoException(file.high() + ": " + e.reason());
      }
    }
    return on(pairs);
  }

  /**
   * As {@link #in}, but a pair that cannot be read is told of, and the next one taken in its place.
   *
   * @param skipped takes each such pair
   * @throws IOException if no pair can be read
   */
  public static SuperResolutionEvaluation readable(
      Path folder, int scale, int atMost, Consumer<Skipped> skipped) throws IOException {
    List<PicturePair> pairs = new ArrayList<>();
    for (PairFiles file : PairFiles.in(folder)) {
      if (pairs.size() == atMost) {
        break;
      }
      try {
        pairs.add(file.read(scale));
      } catch (UnreadablePhotoException e) {
        skipped.accept(new Skipped(file.high(), e.reason()));
      }
    }
    if (pairs.isEmpty()) {
      throw new IOException(
          "an evaluation needs pictures that can be used, found none in %s; name another folder"
              .formatted(folder));
    }
    return on(pairs);
  }

  /**
   * The mean score of an upscaler.
   *
   * @param upscaler makes of an RGB picture of 8 bits one that is {@code scale} times as large
   */
  public Score evaluate(UnaryOperator<Picture> upscaler) {
    return Score.mean(pairs.stream().map(pair -> pair.score(upscaler)).toList());
  }

  /**
   * The mean of all figures of an upscaler that a judge measures.
   *
   * @param upscaler makes of an RGB picture of 8 bits one that is {@code scale} times as large
   */
  public Quality evaluate(UnaryOperator<Picture> upscaler, Judge judge) {
    return Quality.mean(
        pairs.stream()
            .map(
                pair -> {
                  long start = System.nanoTime();
                  Picture upscaled = upscaler.apply(pair.low());
                  return judge.judge(pair, upscaled, (System.nanoTime() - start) / 1e9);
                })
            .toList());
  }
}
