package org.ganvas.training.gan;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** A discriminator that learns to tell real pictures from generated ones. */
public final class Adversary implements AutoCloseable {
  /**
   * The share of real pictures, or places in them, that it takes for real; a critic, which {@link
   * AdversarialLoss#WASSERSTEIN} trains, takes none for anything.
   */
  public static final String REAL_ACCURACY = "realAccuracy";

  /** The share of generated pictures, or places in them, that it takes for generated. */
  public static final String GENERATED_ACCURACY = "generatedAccuracy";

  /** How much the generated pictures of a batch differ, in terms of how much the real ones do. */
  public static final String DIVERSITY = "diversity";

  /** Steps between two looks at what takes time and changes slowly. */
  private static final long WATCH = 10;

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
   * @param turn the step
   * @param figures takes losses and the like
   */
  @SuppressWarnings("try") // held until the end, not asked
  public void learn(NDArray real, NDArray generated, Turn turn, Map<String, Double> figures) {
    NDArray constant = generated.stopGradient();
    if (accuracy.get() > settings.restsAbove()) {
      try (NetworkUpdater.Held held = hold()) {
        judge(discriminator.forward(real), discriminator.forward(constant), figures);
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
      figures.put("discriminatorLoss", (double) loss.getFloat());
      if (settings.penalty().isDue(turn.step())) {
        NDArray penalty = settings.penalty().of(discriminator, real, constant);
        figures.put("penaltyLoss", (double) penalty.getFloat());
        loss = loss.add(penalty);
      }
      gradients.backward(Differentiable.times(loss, weight));
      judge(ofReal, ofGenerated, figures);
    }
    if (turn.step() % WATCH == 0) {
      figures.put("discriminatorGradientNorm", discriminator.gradientNorm());
      watchDiversity(real, constant, figures);
    }
    discriminator.update(turn.rate());
  }

  /**
   * A step of the run.
   *
   * @param step its number, from 1
   * @param rate share of the learning rates' peak, from 0 to 1
   */
  public record Turn(long step, double rate) {

    /** Whether figures that take time are wanted. */
    public boolean isWatched() {
      return step % WATCH == 0;
    }
  }

  private void judge(NDArray ofReal, NDArray ofGenerated, Map<String, Double> figures) {
    OptionalDouble boundary = settings.loss().boundary();
    if (boundary.isEmpty()) {
      return;
    }
    double real = share(ofReal.gt(boundary.getAsDouble()));
    double generated = share(ofGenerated.lte(boundary.getAsDouble()));
    figures.put(REAL_ACCURACY, real);
    figures.put(GENERATED_ACCURACY, generated);
    accuracy.set(SMOOTHING * accuracy.get() + (1 - SMOOTHING) * (real + generated) / 2);
  }

  private static double share(NDArray answers) {
    return answers.sum().getLong() / (double) answers.size();
  }

  /**
   * Tells how much generated pictures differ among themselves.
   *
   * @param real (N, C, H, W)
   * @param generated (N', C, H, W), a constant
   * @param figures takes {@link #DIVERSITY}
   */
  static void watchDiversity(NDArray real, NDArray generated, Map<String, Double> figures) {
    double ofReal = spread(real);
    if (ofReal > 0) {
      figures.put(DIVERSITY, Math.sqrt(spread(generated) / ofReal));
    }
  }

  /** The mean square of what a picture differs from the mean picture of its batch. */
  private static double spread(NDArray pictures) {
    return pictures.sub(pictures.mean(new int[] {0}, true)).square().mean().getFloat();
  }

  public NetworkUpdater discriminator() {
    return discriminator;
  }

  /** Every tensor that the next step depends on, by a name that begins with {@code kind}; live. */
  public Map<String, NDArray> tensors(String kind) {
    return discriminator.tensors(kind);
  }

  /** Every other number that it depends on, by a name that begins with {@code kind}; live. */
  public Map<String, LiveNumber> numbers(String kind) {
    Map<String, LiveNumber> numbers = new TreeMap<>(discriminator.numbers(kind));
    numbers.put(kind + "-accuracy", accuracy);
    return numbers;
  }

  @Override
  public void close() {
    discriminator.close();
  }
}
