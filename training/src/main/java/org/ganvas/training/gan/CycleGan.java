package org.ganvas.training.gan;

import static org.ganvas.training.plan.SettingRule.require;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Map;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.UnpairedPhotos;

/**
 * CycleGAN (Zhu et al. 2017): two generators learn to translate between two domains of pictures
 * that do not belong together. Each result has to be taken for a picture of its domain, and has to
 * become the first picture again when it is translated back.
 */
public final class CycleGan implements TrainingMethod {
  private static final String A_TO_B = "AtoB";
  private static final String B_TO_A = "BtoA";

  private final Translator toB;
  private final Translator toA;
  private final Weights weights;

  /**
   * What the parts of the generators' loss count (section 3.3, equation 3, and section 5.2).
   * Differences are those of pictures from -1 to 1.
   *
   * @param cycle there and back again: lambda, 10 in the paper
   * @param identity what is of the domain already stays as it is: half of lambda where it is used
   * @param adversarial the discriminators' judgement, 1 in the paper
   */
  public record Weights(double cycle, double identity, double adversarial) {
    public Weights {
      require(cycle >= 0, "settings.losses.cycle is 0 or more", cycle);
      require(identity >= 0, "settings.losses.identity is 0 or more", identity);
      require(adversarial >= 0, "settings.losses.adversarial is 0 or more", adversarial);
    }
  }

  /**
   * @param toB makes pictures of domain B
   * @param toA makes pictures of domain A
   */
  public CycleGan(Translator toB, Translator toA, Weights weights) {
    this.toB = toB;
    this.toA = toA;
    this.weights = weights;
  }

  private record Generated(NDArray a, NDArray b) {}

  @Override
  public Map<String, Double> step(Batch batch, double rate, long step) {
    try (Turn turn = toB.generator().begin(batch, rate, step)) {
      NDArray a = turn.tensor(UnpairedPhotos.A);
      NDArray b = turn.tensor(UnpairedPhotos.B);
      Generated generated =
          toB.adversary().isGeneratorsTurn(step) && toA.adversary().isGeneratorsTurn(step)
              ? trainGenerators(a, b, turn)
              : new Generated(toA.translate(b), toB.translate(a));
      toB.judge(b, generated.b(), turn);
      toA.judge(a, generated.a(), turn);
      return turn.figures();
    }
  }

  @SuppressWarnings("try") // held until the end, not asked
  private Generated trainGenerators(NDArray a, NDArray b, Turn turn) {
    Generated generated;
    try (NetworkUpdater.Held heldB = toB.adversary().hold();
        NetworkUpdater.Held heldA = toA.adversary().hold();
        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      generated = new Generated(toA.translate(b), toB.translate(a));
      gradients.backward(loss(a, b, generated, turn));
    }
    toB.generator().update(turn);
    toA.generator().update(turn);
    return generated;
  }

  private NDArray loss(NDArray a, NDArray b, Generated generated, Turn turn) {
    NDArray cycle =
        difference(toA.translate(generated.b()), a)
            .add(difference(toB.translate(generated.a()), b));
    NDArray adversarial =
        toB.adversary()
            .generatorLoss(generated.b())
            .add(toA.adversary().generatorLoss(generated.a()));
    turn.tell("cycleLoss", cycle);
    turn.tell("adversarialLoss", adversarial);
    NDArray loss =
        Differentiable.times(cycle, weights.cycle())
            .add(Differentiable.times(adversarial, weights.adversarial()));
    if (weights.identity() == 0) {
      return loss;
    }
    NDArray identity = difference(toA.translate(a), a).add(difference(toB.translate(b), b));
    turn.tell("identityLoss", identity);
    return loss.add(Differentiable.times(identity, weights.identity()));
  }

  private static NDArray difference(NDArray picture, NDArray wanted) {
    return Differentiable.times(picture.sub(wanted).abs().mean(), Pix2Pix.RANGE);
  }

  @Override
  public Map<String, Part> parts() {
    Map<String, Part> parts = toB.parts(A_TO_B);
    parts.putAll(toA.parts(B_TO_A));
    return parts;
  }

  @Override
  public List<ExportedModel> exports() {
    return List.of(toB.generator().exported(), toA.generator().exported());
  }
}
