package org.ganvas.training.gan;

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
import org.ganvas.training.data.LabelledPictures;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.script.StateDict;
import org.jspecify.annotations.Nullable;

/**
 * DCGAN (Radford et al. 2016) and its family: a generator learns to make pictures out of noise that
 * a discriminator takes for real ones. If the pictures have labels, both networks are told them
 * (Mirza and Osindero 2014, "Conditional generative adversarial nets", section 3.2); the generated
 * pictures of a batch have those of its real ones.
 */
public final class Dcgan implements TrainingMethod {
  /** What the plan calls the network that judges. */
  public static final String DISCRIMINATOR = "discriminator";

  private final NetworkUpdater generator;
  private final WeightAverage average;
  private final Adversary adversary;
  private final LatentSource latents;
  private final Function<StateDict, ExportedModel> export;

  /**
   * @param generator (N, latent + labels, 1, 1) to (N, C, side, side); closed with this
   * @param adversary judges (N, C + labels, side, side); closed with this
   * @param latents where the latent vectors come from
   * @param averageDecay see {@link WeightAverage}
   * @param export makes a model of the averaged weights
   */
  public Dcgan(
      NetworkUpdater generator,
      Adversary adversary,
      LatentSource latents,
      double averageDecay,
      Function<StateDict, ExportedModel> export) {
    this.generator = generator;
    this.average = new WeightAverage(generator.network(), averageDecay);
    this.adversary = adversary;
    this.latents = latents;
    this.export = export;
  }

  @Override
  public Map<String, Double> step(Batch batch, double rate, long step) {
    Adversary.Turn turn = new Adversary.Turn(step, rate);
    Map<String, Double> figures = new LinkedHashMap<>();
    try (NDManager scope = generator.manager().newSubManager()) {
      NDArray real = live(scope, batch.tensor(LabelledPictures.REAL));
      Condition condition = Condition.of(scope, batch);
      NDArray latent = condition.behind(latent(scope, real.getShape().get(0), step));
      NDArray generated =
          adversary.isGeneratorsTurn(step)
              ? trainGenerator(latent, condition, turn, figures)
              : generator.forward(latent);
      adversary.learn(condition.behind(real), condition.behind(generated), turn, figures);
      if (turn.isWatched()) {
        // Of the pictures alone: the labels are as diverse as they should be.
        Adversary.watchDiversity(real, generated.stopGradient(), figures);
      }
    }
    return figures;
  }

  @SuppressWarnings("try") // held until the end, not asked
  private NDArray trainGenerator(
      NDArray latent, Condition condition, Adversary.Turn turn, Map<String, Double> figures) {
    NDArray generated;
    try (NetworkUpdater.Held held = adversary.hold();
        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      generated = generator.forward(latent);
      NDArray loss = adversary.generatorLoss(condition.behind(generated));
      gradients.backward(loss);
      figures.put("generatorLoss", (double) loss.getFloat());
    }
    if (turn.isWatched()) {
      figures.put("generatorGradientNorm", generator.gradientNorm());
    }
    generator.update(turn.rate());
    average.update(generator.updates());
    return generated;
  }

  private NDArray latent(NDManager scope, long count, long step) {
    float[] vectors = latents.draw(step, Math.toIntExact(count));
    return scope.create(vectors, new Shape(count, latents.space().size(), 1, 1));
  }

  private static NDArray live(NDManager scope, Batch.Tensor tensor) {
    return scope.create(tensor.values(), new Shape(tensor.shape()));
  }

  /**
   * What both networks are told of the pictures.
   *
   * @param labels (N, labels, 1, 1), one of each row 1, the others 0; null if there are none
   */
  private record Condition(@Nullable NDArray labels) {
    static Condition of(NDManager scope, Batch batch) {
      if (!batch.tensors().containsKey(LabelledPictures.LABEL)) {
        return new Condition(null);
      }
      NDArray labels = live(scope, batch.tensor(LabelledPictures.LABEL));
      return new Condition(labels.reshape(labels.getShape().addAll(new Shape(1, 1))));
    }

    /** (N, C, H, W) to (N, C + labels, H, W): a constant plane for each label behind it. */
    NDArray behind(NDArray x) {
      if (labels == null) {
        return x;
      }
      Shape shape = x.getShape();
      Shape planes = new Shape(shape.get(0), labels.getShape().get(1), shape.get(2), shape.get(3));
      return x.concat(labels.broadcast(planes), 1);
    }
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
    StandingStatistics statistics = new StandingStatistics(latents);
    return List.of(export.apply(statistics.measured(generator.network(), average.stateDict())));
  }

  @Override
  public void close() {
    average.close();
    adversary.close();
    generator.close();
  }
}
