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
import java.util.function.Function;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.PairedPhotos;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.script.StateDict;
import org.jspecify.annotations.Nullable;

/**
 * pix2pix (Isola et al. 2017): a generator learns from pairs what becomes of a picture, and a
 * discriminator that sees both pictures of a pair judges its results patch by patch. Dropout is the
 * only noise.
 */
public final class Pix2Pix implements TrainingMethod {
  /** What the plan calls the network that judges. */
  public static final String DISCRIMINATOR = "discriminator";

  /** "We divide the objective by 2 while optimizing D" (section 3.3). */
  public static final double DISCRIMINATOR_WEIGHT = 0.5;

  /** The paper measures differences of pictures from -1 to 1; these here go from 0 to 1. */
  static final float RANGE = 2;

  private final NetworkUpdater generator;
  private final WeightAverage average;
  private final Adversary adversary;
  private final Content content;
  private final Function<StateDict, ExportedModel> export;

  /**
   * What the parts of the generator's loss count (section 3.1, equation 4).
   *
   * @param pixel mean absolute difference of pictures from -1 to 1: lambda, 100 in the paper
   * @param perceptual difference of features
   * @param adversarial the discriminator's judgement, 1 in the paper
   */
  public record Weights(double pixel, double perceptual, double adversarial) {
    public Weights {
      require(pixel >= 0, "losses.pixel is 0 or more", pixel);
      require(perceptual >= 0, "losses.perceptual is 0 or more", perceptual);
      require(adversarial >= 0, "losses.adversarial is 0 or more", adversarial);
    }
  }

  /**
   * What keeps the pictures close to those of the pairs.
   *
   * @param weights of the losses
   * @param perceptual closed with the method; null for none
   */
  public record Content(Weights weights, @Nullable PictureLoss perceptual) {}

  /**
   * @param generator (N, 3, H, W) to the same; closed with this
   * @param adversary judges (N, 6, H, W), the given picture's channels first; closed with this
   * @param content closed with this
   * @param averageDecay see {@link WeightAverage}
   * @param export makes a model of the averaged weights
   */
  public Pix2Pix(
      NetworkUpdater generator,
      Adversary adversary,
      Content content,
      double averageDecay,
      Function<StateDict, ExportedModel> export) {
    this.generator = generator;
    this.average = new WeightAverage(generator.network(), averageDecay);
    this.adversary = adversary;
    this.content = content;
    this.export = export;
  }

  @Override
  public Map<String, Double> step(Batch batch, double rate, long step) {
    Adversary.Turn turn = new Adversary.Turn(step, rate);
    Map<String, Double> figures = new LinkedHashMap<>();
    try (NDManager scope = generator.manager().newSubManager()) {
      NDArray input = live(scope, batch.tensor(PairedPhotos.INPUT));
      NDArray target = live(scope, batch.tensor(PairedPhotos.TARGET));
      NDArray generated =
          adversary.isGeneratorsTurn(step)
              ? trainGenerator(input, target, turn, figures)
              : generator.forward(input);
      adversary.learn(pair(input, target), pair(input, generated), turn, figures);
    }
    return figures;
  }

  @SuppressWarnings("try") // held until the end, not asked
  private NDArray trainGenerator(
      NDArray input, NDArray target, Adversary.Turn turn, Map<String, Double> figures) {
    NDArray generated;
    try (NetworkUpdater.Held held = adversary.hold();
        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      generated = generator.forward(input);
      NDArray pixel = Differentiable.times(generated.sub(target).abs().mean(), RANGE);
      NDArray adversarial = adversary.generatorLoss(pair(input, generated));
      NDArray loss =
          Differentiable.times(pixel, content.weights().pixel())
              .add(Differentiable.times(adversarial, content.weights().adversarial()));
      figures.put("pixelLoss", (double) pixel.getFloat());
      PictureLoss features = content.perceptual();
      if (features != null) {
        NDArray perceptual = features.of(generated, target, turn.step());
        figures.put("perceptualLoss", (double) perceptual.getFloat());
        loss = loss.add(Differentiable.times(perceptual, content.weights().perceptual()));
      }
      figures.put("adversarialLoss", (double) adversarial.getFloat());
      gradients.backward(loss);
    }
    if (turn.isWatched()) {
      figures.put("generatorGradientNorm", generator.gradientNorm());
    }
    generator.update(turn.rate());
    average.update(generator.updates());
    return generated;
  }

  /** (N, 6, H, W): what a conditional discriminator sees. */
  private static NDArray pair(NDArray given, NDArray judged) {
    return given.concat(judged, 1);
  }

  private static NDArray live(NDManager scope, Batch.Tensor tensor) {
    return scope.create(tensor.values(), new Shape(tensor.shape()));
  }

  @Override
  public Map<String, NDArray> tensors() {
    Map<String, NDArray> tensors = generator.tensors(TrainingPlan.GENERATOR);
    average.tensors().forEach((name, mean) -> tensors.put("generator-average/" + name, mean));
    tensors.putAll(adversary.tensors(DISCRIMINATOR));
    return tensors;
  }

  @Override
  public Map<String, LiveNumber> numbers() {
    Map<String, LiveNumber> numbers = new TreeMap<>(generator.numbers(TrainingPlan.GENERATOR));
    numbers.putAll(adversary.numbers(DISCRIMINATOR));
    return numbers;
  }

  @Override
  public List<ExportedModel> exports() {
    return List.of(export.apply(average.stateDict()));
  }

  @Override
  public void close() {
    PictureLoss features = content.perceptual();
    if (features != null) {
      features.close();
    }
    average.close();
    adversary.close();
    generator.close();
  }
}
