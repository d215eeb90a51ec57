package org.ganvas.training.gan;

import static org.ganvas.training.plan.SettingRule.given;
import static org.ganvas.training.plan.SettingRule.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;

/**
 * A penalty on how steeply the discriminator's output, the mean over the places that it judges,
 * changes with the picture, against one so steep that the generator gets no useful gradient. The
 * samples of pictures go from 0 to 1: where they go from -1 to 1, as in most papers, a gradient is
 * half as long. Computed in float32, for it takes second derivatives.
 *
 * @param kind which
 * @param weight in the discriminator's loss: lambda, 10 in the paper of WGAN-GP; gamma of R1
 * @param every steps between two; the weight is multiplied by it (Karras et al. 2020, StyleGAN2,
 *     section 3.1, "lazy regularization")
 */
public record GradientPenalty(Kind kind, double weight, int every) {

  /** Which penalty. */
  public enum Kind {
    /** None. */
    NONE,
    /**
     * The mean of (|gradient| - 1)² on random points between real and generated pictures (Gulrajani
     * et al. 2017, section 4, equation 3).
     */
    WGAN_GP,
    /** Half the mean of |gradient|² on real pictures (Mescheder et al. 2018, equation 9). */
    R1
  }

  public GradientPenalty {
    require(given(kind), "settings.adversary.penalty.kind is NONE, WGAN_GP or R1", kind);
    require(weight >= 0, "settings.adversary.penalty.weight is 0 or more", weight);
    require(every >= 1, "settings.adversary.penalty.every is at least 1 step", every);
  }

  /** Whether a step, counted from 1, has it. */
  boolean isDue(long step) {
    return kind != Kind.NONE && step % every == 0;
  }

  /**
   * The weighted penalty; within a gradient collector it can be differentiated by the weights.
   *
   * @param real (N, C, H, W)
   * @param generated of the same shape, a constant
   * @param picture of the channels, those that count
   * @return a scalar
   */
  NDArray of(NetworkUpdater discriminator, NDArray real, NDArray generated, NDIndex picture) {
    return switch (kind) {
      case NONE -> real.getManager().create(0f);
      case WGAN_GP ->
          Differentiable.times(
              norms(discriminator, between(real, generated), picture).sub(1).square().mean(),
              weight * every);
      case R1 ->
          Differentiable.times(
              norms(discriminator, real, picture).square().mean(), weight * every / 2);
    };
  }

  private static NDArray between(NDArray real, NDArray generated) {
    Shape one = new Shape(real.getShape().get(0), 1, 1, 1);
    NDArray share = real.getManager().randomUniform(0, 1, one, DataType.FLOAT32);
    return generated.add(real.sub(generated).mul(share));
  }

  /** (N): the length of each picture's gradient. */
  private static NDArray norms(NetworkUpdater discriminator, NDArray judged, NDIndex picture) {
    ProgramMethod exact = new ProgramMethod(Precision.FLOAT32, discriminator.computing().layout());
    NDArray gradient = discriminator.network().inputGradient(judged, exact).get(picture);
    // The root has no derivative at 0.
    return gradient.square().sum(new int[] {1, 2, 3}).add(1e-12f).sqrt();
  }
}
