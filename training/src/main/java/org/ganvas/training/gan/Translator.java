package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.TreeMap;

/**
 * One direction of {@link CycleGan}.
 *
 * @param generator makes pictures of one domain: (N, 3, H, W) to the same
 * @param adversary tells pictures of the domain from generated ones
 * @param pool what the adversary is shown the generated pictures through
 */
public record Translator(AveragedGenerator generator, Adversary adversary, ImagePool pool) {

  /** A picture of the other domain, or of this one, as a picture of this one. */
  NDArray translate(NDArray picture) {
    return generator.forward(picture);
  }

  /** One update of the adversary, with generated pictures of now and before. */
  void judge(NDArray real, NDArray generated, Turn turn) {
    adversary.learn(real, pool.exchange(generated), turn);
    turn.watchDiversity(real, generated);
  }

  /** See {@link TrainingMethod#parts}; the names have {@code direction} in them. */
  Map<String, Part> parts(String direction) {
    return new TreeMap<>(
        Map.of(
            "generator-" + direction,
            generator,
            "discriminator-" + direction,
            adversary,
            direction,
            pool));
  }
}
