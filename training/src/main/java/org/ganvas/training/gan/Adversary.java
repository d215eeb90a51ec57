package org.ganvas.training.gan;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.GradientCollector;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.plan.TrainingPlan;

/** A discriminator that learns to tell real pictures from generated ones. */
public final class Adversary implements Part {
  /**
   * The share of real pictures, or places in them, that it takes for real; a critic, which {@link
   * AdversarialLoss#WASSERSTEIN} trains, takes none for anything.
   */
  public static final String REAL_ACCURACY = "realAccuracy";

  /** The share of generated pictures, or places in them, that it takes for generated. */
  public static final String GENERATED_ACCURACY = "generatedAccuracy";

  private static final NDIndex ALL = new NDIndex(":");

  /** Share of the old mean of right answers that a step keeps. */
  private static final double SMOOTHING = 0.95;

  private final NetworkUpdater discriminator;
  private final AdversarySettings settings;
  private final double weight;
  private final LiveNumber accuracy = new LiveNumber();

  /**
   * @param discriminator loaded by {@link NetworkUpdater#loadDiscriminator}; closed with this
   */
  public Adversary(NetworkUpdater discriminator, AdversarySettings settings) {
    this(discriminator, settings, 1);
  }

  /**
   * As the other one.
   *
   * @param weight what the loss of the discriminator is multiplied by when it learns
   */
  public Adversary(NetworkUpdater discriminator, AdversarySettings settings, double weight) {
    this.discriminator = discriminator;
    this.settings = settings;
    this.weight = weight;
    // Neither side rests before there is an answer.
    accuracy.set((settings.restsAbove() + settings.waitsBelow()) / 2);
  }

  /** Whether the generator is trained in a step, counted from 1. */
  public boolean isGeneratorsTurn(long step) {
    long own = step - settings.warmUp();
    return own > 0
        && own % settings.stepsPerGeneratorStep() == 0
        && accuracy.get() >= settings.waitsBelow();
  }

  /** Holds the discriminator constant, while the generator is trained through it. */
  public NetworkUpdater.Held hold() {
    return discriminator.hold();
  }

  /**
   * What the generator minimizes; the discriminator must be held.
   *
   * @param generated (N, C, H, W), differentiable
   * @return a scalar
   */
  public NDArray generatorLoss(NDArray generated) {
    return settings.loss().generator(discriminator.forward(generated));
  }

  /**
   * One update of the discriminator: real and generated pictures go through it as separate batches,
   * so that batch normalization tells it nothing (Chintala's "How to train a GAN", tip 4).
   *
   * @param real (N, C, H, W)
   * @param generated (N', C, H, W); no gradient flows into it
   * @param turn is told of losses and the like
   */
  public void learn(NDArray real, NDArray generated, Turn turn) {
    learn(real, generated, ALL, turn);
  }

  /**
   * As the other one, of pictures together with what they were made of.
   *
   * @param picture of the channels, those of the picture; how steep the discriminator is in the
   *     others, which are given, is not penalized
   */
  @SuppressWarnings("try") // held until the end, not asked
  void learn(NDArray real, NDArray generated, NDIndex picture, Turn turn) {
    NDArray constant = generated.stopGradient();
    if (accuracy.get() > settings.restsAbove()) {
      try (NetworkUpdater.Held held = hold()) {
        judge(discriminator.forward(real), discriminator.forward(constant), turn);
      }
      return;
    }
    try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray ofReal = discriminator.forward(real);
      NDArray ofGenerated = discriminator.forward(constant);
      NDArray loss =
          settings
              .loss()
              .real(ofReal, settings.realTarget())
              .add(settings.loss().generated(ofGenerated));
      turn.tell("discriminatorLoss", loss);
      if (settings.penalty().isDue(turn.step())) {
        NDArray penalty = settings.penalty().of(discriminator, real, constant, picture);
        turn.tell("penaltyLoss", penalty);
        loss = loss.add(penalty);
      }
      gradients.backward(Differentiable.times(loss, weight));
      judge(ofReal, ofGenerated, turn);
    }
    if (turn.isWatched()) {
      turn.tell("discriminatorGradientNorm", discriminator.gradientNorm());
    }
    discriminator.update(turn.rate());
  }

  private void judge(NDArray ofReal, NDArray ofGenerated, Turn turn) {
    OptionalDouble boundary = settings.loss().boundary();
    if (boundary.isEmpty()) {
      return;
    }
    double real = share(ofReal.gt(boundary.getAsDouble()));
    double generated = share(ofGenerated.lte(boundary.getAsDouble()));
    turn.tell(REAL_ACCURACY, real);
    turn.tell(GENERATED_ACCURACY, generated);
    accuracy.set(SMOOTHING * accuracy.get() + (1 - SMOOTHING) * (real + generated) / 2);
  }

  private static double share(NDArray answers) {
    return answers.sum().getLong() / (double) answers.size();
  }

  public NetworkUpdater discriminator() {
    return discriminator;
  }

  @Override
  public Map<String, NDArray> tensors(String name) {
    return discriminator.tensors(name);
  }

  @Override
  public Map<String, LiveNumber> numbers(String name) {
    Map<String, LiveNumber> numbers = new TreeMap<>(discriminator.numbers(name));
    numbers.put(name + "-accuracy", accuracy);
    return numbers;
  }

  @Override
  public Map<String, LoadedNetwork> networks() {
    return Map.of(TrainingPlan.DISCRIMINATOR, discriminator.network());
  }

  @Override
  public void close() {
    discriminator.close();
  }
}
