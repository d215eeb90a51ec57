package org.ganvas.training.gan;

import java.util.SplittableRandom;
import org.ganvas.inference.model.LatentSpace;
import org.ganvas.inference.task.Latent;

/**
 * Draws the latent vectors of training just as those of serving are drawn. Those of a step depend
 * on the seed and the step's number alone, so a resumed run repeats them.
 *
 * @param space what is drawn from
 * @param seed of all draws
 */
public record LatentSource(LatentSpace space, long seed) {

  /**
   * The latent vectors of a step.
   *
   * @param step its number
   * @param count N
   * @return (N, size) without labels
   */
  public float[] draw(long step, int count) {
    SplittableRandom random = random(step);
    float[] vectors = new float[count * space.size()];
    for (int i = 0; i < count; i++) {
      System.arraycopy(
          Latent.draw(space, random).values(), 0, vectors, i * space.size(), space.size());
    }
    return vectors;
  }

  /** The random numbers of a step, from the first on. */
  SplittableRandom random(long step) {
    return new SplittableRandom(seed * 1_000_003 + step);
  }

  /**
   * What a generator's program takes, the labels in turn.
   *
   * @param step its number
   * @param count N
   * @return (N, size + labels)
   */
  float[] drawWithLabels(long step, int count) {
    float[] vectors = draw(step, count);
    float[] inputs = new float[count * space.channels()];
    for (int i = 0; i < count; i++) {
      int start = i * space.channels();
      System.arraycopy(vectors, i * space.size(), inputs, start, space.size());
      if (!space.labels().isEmpty()) {
        inputs[start + space.size() + i % space.labels().size()] = 1;
      }
    }
    return inputs;
  }
}
