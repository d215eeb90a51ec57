package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.LowResolutionPairs;
import org.ganvas.training.plan.TrainingPlan;

/**
 * Super-resolution trained for fidelity: the mean absolute difference from the original (Lim et al.
 * 2017, EDSR, section 4.2, found it better than the mean square of SRResNet). What a GAN starts
 * from.
 */
public final class SuperResolution implements TrainingMethod {
  private final AveragedGenerator generator;

  /**
   * @param generator (N, 3, H, W) to (N, 3, scale H, scale W)
   */
  public SuperResolution(AveragedGenerator generator) {
    this.generator = generator;
  }

  @Override
  public Map<String, Double> step(Batch batch, double rate, long step) {
    try (Turn turn = generator.begin(batch, rate, step)) {
      NDArray high = turn.tensor(LowResolutionPairs.HIGH);
      NDArray unused =
          generator.learn(
              turn.tensor(LowResolutionPairs.LOW),
              generated -> {
                NDArray l1 = generated.sub(high).abs().mean();
                turn.tell("l1", l1);
                return l1;
              },
              turn);
      return turn.figures();
    }
  }

  @Override
  public Map<String, Part> parts() {
    return Map.of(TrainingPlan.GENERATOR, generator);
  }

  @Override
  public List<ExportedModel> exports() {
    return List.of(generator.exported());
  }
}
