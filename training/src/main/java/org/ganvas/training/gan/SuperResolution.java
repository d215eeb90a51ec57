package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.LowResolutionPairs;
import org.ganvas.training.plan.TrainingPlan;
import org.jspecify.annotations.Nullable;

/** Super-resolution trained for fidelity. What a GAN starts from. */
public final class SuperResolution implements TrainingMethod {
  private final AveragedGenerator generator;
  private final Loss loss;
  private final @Nullable Teacher teacher;

  /** How far a picture is from the original. */
  public enum Loss {
    /** The mean absolute difference, which learns faster (Lim et al. 2017, EDSR, section 4.2). */
    L1 {
      @Override
      NDArray of(NDArray difference) {
        return difference.abs().mean();
      }
    },
    /** The mean square, as in SRResNet (Ledig et al. 2017, section 2.2.1). */
    L2 {
      @Override
      NDArray of(NDArray difference) {
        return difference.square().mean();
      }
    };

    abstract NDArray of(NDArray difference);
  }

  /**
   * @param generator (N, 3, H, W) to (N, 3, scale H, scale W)
   * @param loss what it makes as small as it can
   * @param teacher has a share in what is learned; null to learn from the originals alone
   */
  public SuperResolution(AveragedGenerator generator, Loss loss, @Nullable Teacher teacher) {
    this.generator = generator;
    this.loss = loss;
    this.teacher = teacher;
  }

  @Override
  public Map<String, Double> step(Batch batch, double rate, long step) {
    try (Turn turn = generator.begin(batch, rate, step)) {
      NDArray low = turn.tensor(LowResolutionPairs.LOW);
      NDArray high = turn.tensor(LowResolutionPairs.HIGH);
      NDArray target = teacher == null ? high : teacher.target(low, high, step);
      NDArray unused =
          generator.learn(
              low,
              generated -> {
                NDArray difference = loss.of(generated.sub(target));
                turn.tell(loss.name().toLowerCase(Locale.ROOT), difference);
                return difference;
              },
              turn);
      return turn.figures();
    }
  }

  @Override
  public Map<String, Part> parts() {
    return teacher == null
        ? Map.of(TrainingPlan.GENERATOR, generator)
        : Map.of(TrainingPlan.GENERATOR, generator, "teacher", teacher);
  }

  @Override
  public List<ExportedModel> exports() {
    return List.of(generator.exported());
  }
}
