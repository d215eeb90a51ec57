package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.ganvas.training.script.StateDict;

/**
 * One direction of {@link CycleGan}: a generator that makes pictures of one domain, and who judges
 * them.
 */
public final class Translator implements AutoCloseable {
  private final NetworkUpdater generator;
  private final WeightAverage average;
  private final Adversary adversary;
  private final ImagePool pool;
  private final Function<StateDict, ExportedModel> export;

  /**
   * @param generator (N, 3, H, W) to the same; closed with this
   * @param averageDecay see {@link WeightAverage}
   * @param adversary tells pictures of the domain from generated ones; closed with this
   * @param pool what the adversary is shown the generated pictures through; closed with this
   * @param export makes a model of the averaged weights
   */
  public Translator(
      NetworkUpdater generator,
      double averageDecay,
      Adversary adversary,
      ImagePool pool,
      Function<StateDict, ExportedModel> export) {
    this.generator = generator;
    this.average = new WeightAverage(generator.network(), averageDecay);
    this.adversary = adversary;
    this.pool = pool;
    this.export = export;
  }

  /** A picture of the other domain, or of this one, as a picture of this one. */
  NDArray translate(NDArray picture) {
    return generator.forward(picture);
  }

  Adversary adversary() {
    return adversary;
  }

  NetworkUpdater generator() {
    return generator;
  }

  /** Updates the generator by its gradients. */
  void update(double rate) {
    generator.update(rate);
    average.update(generator.updates());
  }

  /** One update of the adversary, with generated pictures of now and before. */
  void judge(NDArray real, NDArray generated, Adversary.Turn turn, Map<String, Double> figures) {
    adversary.learn(real, pool.exchange(generated.stopGradient()), turn, figures);
  }

  /** See {@link TrainingMethod#tensors}; the names end with {@code direction}. */
  Map<String, NDArray> tensors(String direction) {
    String name = "generator-" + direction;
    Map<String, NDArray> tensors = generator.tensors(name);
    average.tensors().forEach((weight, mean) -> tensors.put(name + "-average/" + weight, mean));
    tensors.putAll(adversary.tensors("discriminator-" + direction));
    tensors.putAll(pool.tensors(direction));
    return tensors;
  }

  /** See {@link TrainingMethod#numbers}. */
  Map<String, LiveNumber> numbers(String direction) {
    Map<String, LiveNumber> numbers = new HashMap<>(generator.numbers("generator-" + direction));
    numbers.putAll(adversary.numbers("discriminator-" + direction));
    numbers.putAll(pool.numbers(direction));
    return numbers;
  }

  ExportedModel exported() {
    return export.apply(average.stateDict());
  }

  @Override
  public void close() {
    pool.close();
    average.close();
    adversary.close();
    generator.close();
  }
}
