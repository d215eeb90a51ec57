package org.ganvas.training.gan;

import static org.ganvas.training.plan.SettingRule.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.ganvas.inference.image.Luma;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.PairedPhotos;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.plan.TrainingPlan;
import org.jspecify.annotations.Nullable;

/**
 * pix2pix (Isola et al. 2017): a generator learns from pairs what becomes of a picture, and a
 * discriminator that sees both pictures of a pair judges its results patch by patch. Dropout is the
 * only noise.
 */
public final class Pix2Pix implements TrainingMethod {
  /** "We divide the objective by 2 while optimizing D" (section 3.3). */
  public static final double DISCRIMINATOR_WEIGHT = 0.5;

  /** The paper measures differences of pictures from -1 to 1; these here go from 0 to 1. */
  static final float RANGE = 2;

  private final AveragedGenerator generator;
  private final Adversary adversary;
  private final Content content;

  /**
   * What the parts of the generator's loss count (section 3.1, equation 4).
   *
   * @param pixel mean absolute difference of pictures from -1 to 1: lambda, 100 in the paper
   * @param perceptual difference of features
   * @param adversarial the discriminator's judgement, 1 in the paper
   */
  public record Weights(double pixel, double perceptual, double adversarial) {
    public Weights {
      require(pixel >= 0, "settings.losses.pixel is 0 or more", pixel);
      require(perceptual >= 0, "settings.losses.perceptual is 0 or more", perceptual);
      require(adversarial >= 0, "settings.losses.adversarial is 0 or more", adversarial);
    }
  }

  /**
   * What keeps the pictures close to those of the pairs.
   *
   * @param weights of the losses
   * @param perceptual closed with the method; null for none
   * @param keepsLuminance whether only the colours of a generated picture count, and the luma of
   *     the given one takes the place of its own, as in {@code TranslationRule.KEEP_LUMINANCE}: so
   *     nothing is judged that nobody will see
   */
  public record Content(Weights weights, @Nullable PictureLoss perceptual, boolean keepsLuminance)
      implements Part {
    @Override
    public Map<String, LoadedNetwork> networks() {
      return perceptual == null ? Map.of() : perceptual.networks();
    }

    @Override
    public void close() {
      if (perceptual != null) {
        perceptual.close();
      }
    }
  }

  /**
   * @param generator (N, 3, H, W) to the same
   * @param adversary judges (N, 6, H, W), the given picture's channels first
   */
  public Pix2Pix(AveragedGenerator generator, Adversary adversary, Content content) {
    this.generator = generator;
    this.adversary = adversary;
    this.content = content;
  }

  @Override
  public Map<String, Double> step(Batch batch, double rate, long step) {
    try (Turn turn = generator.begin(batch, rate, step)) {
      NDArray input = turn.tensor(PairedPhotos.INPUT);
      NDArray target = turn.tensor(PairedPhotos.TARGET);
      NDArray made =
          generator.play(
              adversary, input, found -> loss(input, shown(input, found), target, turn), turn);
      NDArray generated = shown(input, made);
      NDIndex judged = new NDIndex(":, {}:", input.getShape().get(1));
      adversary.learn(pair(input, target), pair(input, generated), judged, turn);
      turn.watchDiversity(target, generated);
      return turn.figures();
    }
  }

  private NDArray loss(NDArray input, NDArray generated, NDArray target, Turn turn) {
    NDArray pixel = Differentiable.times(generated.sub(target).abs().mean(), RANGE);
    NDArray adversarial = adversary.generatorLoss(pair(input, generated));
    turn.tell("pixelLoss", pixel);
    turn.tell("adversarialLoss", adversarial);
    Weights weights = content.weights();
    NDArray loss =
        Differentiable.times(pixel, weights.pixel())
            .add(Differentiable.times(adversarial, weights.adversarial()));
    PictureLoss features = content.perceptual();
    if (features == null) {
      return loss;
    }
    NDArray perceptual = features.of(generated, target, generator.nextUpdate());
    turn.tell("perceptualLoss", perceptual);
    return loss.add(Differentiable.times(perceptual, weights.perceptual()));
  }

  /** What people will see of a generated picture. */
  private NDArray shown(NDArray input, NDArray generated) {
    return content.keepsLuminance() ? generated.add(luma(input).sub(luma(generated))) : generated;
  }

  /** (N, 3, H, W) to (N, 1, H, W). */
  private static NDArray luma(NDArray pictures) {
    float[] weights = {Luma.of(1, 0, 0), Luma.of(0, 1, 0), Luma.of(0, 0, 1)};
    NDArray constant = pictures.getManager().create(weights, new Shape(1, 3, 1, 1));
    return pictures.mul(constant).sum(new int[] {1}, true);
  }

  /** (N, 6, H, W): what a conditional discriminator sees. */
  private static NDArray pair(NDArray given, NDArray judged) {
    return given.concat(judged, 1);
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
