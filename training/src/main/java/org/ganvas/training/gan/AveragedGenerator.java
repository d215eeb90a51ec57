package org.ganvas.training.gan;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.ganvas.training.data.Batch;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.script.StateDict;

/** A generator that learns, with the average of its weights, which becomes a model. */
public final class AveragedGenerator implements Part {
  /** Told now and then of its updates, and only of them. */
  public static final String GRADIENT_NORM = "generatorGradientNorm";

  private final NetworkUpdater generator;
  private final WeightConstraint constraint;
  private final WeightAverage average;
  private final Function<StateDict, ExportedModel> export;

  /**
   * @param generator closed with this
   * @param averageDecay see {@link WeightAverage}
   * @param export makes a model of the averaged weights
   */
  public AveragedGenerator(
      NetworkUpdater generator, double averageDecay, Function<StateDict, ExportedModel> export) {
    this(generator, WeightConstraint.NONE, averageDecay, export);
  }

  /**
   * As the other one.
   *
   * @param constraint what the weights are held to
   */
  public AveragedGenerator(
      NetworkUpdater generator,
      WeightConstraint constraint,
      double averageDecay,
      Function<StateDict, ExportedModel> export) {
    this.generator = generator;
    this.constraint = constraint;
    constraint.apply(generator.network().weights());
    this.average = new WeightAverage(generator.network(), averageDecay);
    this.export = export;
  }

  /** Begins a step of the method, which has to be closed. */
  Turn begin(Batch batch, double rate, long step) {
    return new Turn(batch, rate, step, generator.manager());
  }

  /** What it makes of {@code x}; within a gradient collector it can be differentiated. */
  NDArray forward(NDArray x) {
    return generator.forward(x);
  }

  /**
   * Learns.
   *
   * @param x what it makes something of
   * @param loss of what it made: a scalar, differentiable
   * @return what it made, before the update
   */
  NDArray learn(NDArray x, UnaryOperator<NDArray> loss, Turn turn) {
    NDArray generated;
    try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      generated = forward(x);
      gradients.backward(loss.apply(generated));
    }
    update(turn);
    return generated;
  }

  /** As {@link #learn}, with the adversary held constant, if it is the generator's turn. */
  @SuppressWarnings("try") // held until the end, not asked
  NDArray play(Adversary adversary, NDArray x, UnaryOperator<NDArray> loss, Turn turn) {
    if (!adversary.isGeneratorsTurn(turn.step())) {
      return forward(x);
    }
    try (NetworkUpdater.Held held = adversary.hold()) {
      return learn(x, loss, turn);
    }
  }

  /** Updates the weights by their gradients, and the average by the weights. */
  void update(Turn turn) {
    // By its own count: of every so many steps the generator may never have one that is watched.
    if (Turn.isWatched(nextUpdate())) {
      turn.tell(GRADIENT_NORM, generator.gradientNorm());
    }
    generator.update(turn.rate());
    constraint.apply(network().weights());
    average.update(generator.updates());
  }

  /** The number, from 1, of the update that it learns for. */
  long nextUpdate() {
    return generator.updates() + 1;
  }

  LoadedNetwork network() {
    return generator.network();
  }

  /** A copy of the averaged weights. */
  StateDict averagedWeights() {
    return average.stateDict();
  }

  /** The model of these weights. */
  ExportedModel exported(StateDict weights) {
    return export.apply(weights);
  }

  /** The model as it is now. */
  ExportedModel exported() {
    return exported(averagedWeights());
  }

  @Override
  public Map<String, NDArray> tensors(String name) {
    Map<String, NDArray> tensors = new LinkedHashMap<>(generator.tensors(name));
    average.tensors().forEach((weight, mean) -> tensors.put(name + "-average/" + weight, mean));
    return tensors;
  }

  @Override
  public Map<String, LiveNumber> numbers(String name) {
    return generator.numbers(name);
  }

  @Override
  public Map<String, LoadedNetwork> networks() {
    return Map.of(TrainingPlan.GENERATOR, network());
  }

  @Override
  public void close() {
    average.close();
    generator.close();
  }
}
