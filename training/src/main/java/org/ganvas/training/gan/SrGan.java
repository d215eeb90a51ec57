package org.ganvas.training.gan;

import static org.ganvas.training.plan.SettingRule.require;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.LowResolutionPairs;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.plan.TrainingPlan;

/**
 * SRGAN (Ledig et al. 2017): a super-resolution network that was trained for fidelity learns to
 * make pictures that a discriminator takes for photos, while their features stay those of the
 * original.
 */
public final class SrGan implements TrainingMethod {
  private final AveragedGenerator generator;
  private final Adversary adversary;
  private final Content content;

  /**
   * What the parts of the generator's loss count (section 2.2, equation 3, with a pixel loss as in
   * later work, which keeps the colours).
   *
   * @param pixel mean absolute difference
   * @param perceptual difference of features
   * @param adversarial the discriminator's judgement
   */
  public record Weights(double pixel, double perceptual, double adversarial) {
    public Weights {
      require(pixel >= 0, "settings.losses.pixel is 0 or more", pixel);
      require(perceptual >= 0, "settings.losses.perceptual is 0 or more", perceptual);
      require(adversarial >= 0, "settings.losses.adversarial is 0 or more", adversarial);
    }
  }

  /**
   * What keeps the pictures close to the original.
   *
   * @param weights of the losses
   * @param perceptual closed with the method
   */
  public record Content(Weights weights, PictureLoss perceptual) implements Part {
    @Override
    public Map<String, LoadedNetwork> networks() {
      return perceptual.networks();
    }

    @Override
    public void close() {
      perceptual.close();
    }
  }

  /**
   * @param generator (N, 3, H, W) to (N, 3, scale H, scale W)
   * @param adversary judges (N, 3, scale H, scale W)
   */
  public SrGan(AveragedGenerator generator, Adversary adversary, Content content) {
    this.generator = generator;
    this.adversary = adversary;
    this.content = content;
  }

  @Override
  public Map<String, Double> step(Batch batch, double rate, long step) {
    try (Turn turn = generator.begin(batch, rate, step)) {
      NDArray low = turn.tensor(LowResolutionPairs.LOW);
      NDArray high = turn.tensor(LowResolutionPairs.HIGH);
      NDArray generated =
          generator.play(adversary, low, picture -> loss(picture, high, turn), turn);
      adversary.learn(high, generated, turn);
      turn.watchDiversity(high, generated);
      return turn.figures();
    }
  }

  private NDArray loss(NDArray generated, NDArray high, Turn turn) {
    NDArray pixel = generated.sub(high).abs().mean();
    NDArray perceptual = content.perceptual().of(generated, high, generator.nextUpdate());
    NDArray adversarial = adversary.generatorLoss(generated);
    turn.tell("pixelLoss", pixel);
    turn.tell("perceptualLoss", perceptual);
    turn.tell("adversarialLoss", adversarial);
    Weights weights = content.weights();
    return Differentiable.times(pixel, weights.pixel())
        .add(Differentiable.times(perceptual, weights.perceptual()))
        .add(Differentiable.times(adversarial, weights.adversarial()));
  }

  @Override
  public Map<String, Part> parts() {
    return Map.of(
        TrainingPlan.GENERATOR,
        generator,
        TrainingPlan.DISCRIMINATOR,
        adversary,
        "content",
        content);
  }

  @Override
  public List<ExportedModel> exports() {
    return List.of(generator.exported());
  }
}
