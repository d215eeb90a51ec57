package org.ganvas.training.gan;

import static org.ganvas.training.plan.SettingRule.require;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.UnpairedPhotos;

/**
 * CycleGAN (Zhu et al. 2017): two generators learn to translate between two domains of pictures
 * that do not belong together. Each result has to be taken for a picture of its domain, and has to
 * become the first picture again when it is translated back.
 */
public final class CycleGan implements TrainingMethod {
  /** What the plan calls the networks that judge. */
  public static final String DISCRIMINATOR = "discriminator";

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
      require(cycle >= 0, "losses.cycle is 0 or more", cycle);
      require(identity >= 0, "losses.identity is 0 or more", identity);
      require(adversarial >= 0, "losses.adversarial is 0 or more", adversarial);
    }
  }

  /**
   * @param toB makes pictures of domain B; closed with this
   * @param toA makes pictures of domain A; closed with this
   */
  public CycleGan(Translator toB, Translator toA, Weights weights) {
    this.toB = toB;
    this.toA = toA;
    this.weights = weights;
  }

  private record Generated(NDArray a, NDArray b) {}

  @Override
  public Map<String, Double> step(Batch batch, double rate, long step) {
    Adversary.Turn turn = new Adversary.Turn(step, rate);
    Map<String, Double> figures = new LinkedHashMap<>();
    try (NDManager scope = toB.generator().manager().newSubManager()) {
      NDArray a = live(scope, batch.tensor(UnpairedPhotos.A));
      NDArray b = live(scope, batch.tensor(UnpairedPhotos.B));
      Generated generated =
          toB.adversary().isGeneratorsTurn(step) && toA.adversary().isGeneratorsTurn(step)
              ? trainGenerators(a, b, turn, figures)
              : new Generated(toA.translate(b), toB.translate(a));
      Map<String, Double> ofB = new LinkedHashMap<>();
      toB.judge(b, generated.b(), turn, ofB);
      Map<String, Double> ofA = new LinkedHashMap<>();
      toA.judge(a, generated.a(), turn, ofA);
      putMeans(ofA, ofB, figures);
    }
    return figures;
  }

  @SuppressWarnings("try") // held until the end, not asked
  private Generated trainGenerators(
      NDArray a, NDArray b, Adversary.Turn turn, Map<String, Double> figures) {
    Generated generated;
    try (NetworkUpdater.Held heldB = toB.adversary().hold();
        NetworkUpdater.Held heldA = toA.adversary().hold();
        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      generated = new Generated(toA.translate(b), toB.translate(a));
      NDArray cycle =
          difference(toA.translate(generated.b()), a)
              .add(difference(toB.translate(generated.a()), b));
      NDArray adversarial =
          toB.adversary()
              .generatorLoss(generated.b())
              .add(toA.adversary().generatorLoss(generated.a()));
      NDArray loss =
          Differentiable.times(cycle, weights.cycle())
              .add(Differentiable.times(adversarial, weights.adversarial()));
      figures.put("cycleLoss", (double) cycle.getFloat());
      if (weights.identity() > 0) {
        NDArray identity = difference(toA.translate(a), a).add(difference(toB.translate(b), b));
        figures.put("identityLoss", (double) identity.getFloat());
        loss = loss.add(Differentiable.times(identity, weights.identity()));
      }
      figures.put("adversarialLoss", (double) adversarial.getFloat());
      gradients.backward(loss);
    }
    if (turn.isWatched()) {
      figures.put(
          "generatorGradientNorm",
          Math.hypot(toB.generator().gradientNorm(), toA.generator().gradientNorm()));
    }
    toB.update(turn.rate());
    toA.update(turn.rate());
    return generated;
  }

  private static NDArray difference(NDArray picture, NDArray wanted) {
    return Differentiable.times(picture.sub(wanted).abs().mean(), Pix2Pix.RANGE);
  }

  /** The means of both sides' figures, under the names that others know. */
  private static void putMeans(
      Map<String, Double> ofA, Map<String, Double> ofB, Map<String, Double> figures) {
    ofA.forEach((name, value) -> figures.put(name, (value + ofB.getOrDefault(name, value)) / 2));
  }

  private static NDArray live(NDManager scope, Batch.Tensor tensor) {
    return scope.create(tensor.values(), new Shape(tensor.shape()));
  }

  @Override
  public Map<String, NDArray> tensors() {
    Map<String, NDArray> tensors = toB.tensors(A_TO_B);
    tensors.putAll(toA.tensors(B_TO_A));
    return tensors;
  }

  @Override
  public Map<String, LiveNumber> numbers() {
    Map<String, LiveNumber> numbers = new TreeMap<>(toB.numbers(A_TO_B));
    numbers.putAll(toA.numbers(B_TO_A));
    return numbers;
  }

  @Override
  public List<ExportedModel> exports() {
    return List.of(toB.exported(), toA.exported());
  }

  @Override
  public void close() {
    toB.close();
    toA.close();
  }
}
