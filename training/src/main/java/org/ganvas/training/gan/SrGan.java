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
import org.ganvas.training.data.LowResolutionPairs;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.script.StateDict;

/**
 * SRGAN (Ledig et al. 2017): a super-resolution network that was trained for fidelity learns to
 * make pictures that a discriminator takes for photos, while their features stay those of the
 * original.
 */
public final class SrGan implements TrainingMethod {
  /** What the plan calls the network that judges. */
  public static final String DISCRIMINATOR = "discriminator";

  private final NetworkUpdater generator;
  private final WeightAverage average;
  private final Adversary adversary;
  private final Content content;
  private final Function<StateDict, ExportedModel> export;

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
      require(pixel >= 0, "losses.pixel is 0 or more", pixel);
      require(perceptual >= 0, "losses.perceptual is 0 or more", perceptual);
      require(adversarial >= 0, "losses.adversarial is 0 or more", adversarial);
    }
  }

  /**
   * What keeps the pictures close to the original.
   *
   * @param weights of the losses
   * @param perceptual closed with the method
   */
  public record Content(Weights weights, PictureLoss perceptual) {}

  /**
   * @param generator (N, 3, H, W) to (N, 3, scale H, scale W); closed with this
   * @param adversary judges (N, 3, scale H, scale W); closed with this
   * @param content closed with this
   * @param averageDecay see {@link WeightAverage}
   * @param export makes a model of the averaged weights
   */
  public SrGan(
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
      NDArray low = live(scope, batch.tensor(LowResolutionPairs.LOW));
      NDArray high = live(scope, batch.tensor(LowResolutionPairs.HIGH));
      NDArray generated =
          adversary.isGeneratorsTurn(step)
              ? trainGenerator(low, high, turn, figures)
              : generator.forward(low);
      adversary.learn(high, generated, turn, figures);
    }
    return figures;
  }

  @SuppressWarnings("try") // held until the end, not asked
  private NDArray trainGenerator(
      NDArray low, NDArray high, Adversary.Turn turn, Map<String, Double> figures) {
    NDArray generated;
    try (NetworkUpdater.Held held = adversary.hold();
        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      generated = generator.forward(low);
      NDArray pixel = generated.sub(high).abs().mean();
      NDArray perceptual = content.perceptual().of(generated, high, turn.step());
      NDArray adversarial = adversary.generatorLoss(generated);
      Weights weights = content.weights();
      gradients.backward(
          Differentiable.times(pixel, weights.pixel())
              .add(Differentiable.times(perceptual, weights.perceptual()))
              .add(Differentiable.times(adversarial, weights.adversarial())));
      figures.put("pixelLoss", (double) pixel.getFloat());
      figures.put("perceptualLoss", (double) perceptual.getFloat());
      figures.put("adversarialLoss", (double) adversarial.getFloat());
    }
    if (turn.isWatched()) {
      figures.put("generatorGradientNorm", generator.gradientNorm());
    }
    generator.update(turn.rate());
    average.update(generator.updates());
    return generated;
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
    content.perceptual().close();
    average.close();
    adversary.close();
    generator.close();
  }
}
