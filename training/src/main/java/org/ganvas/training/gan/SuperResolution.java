package org.ganvas.training.gan;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.LowResolutionPairs;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.script.StateDict;

/**
 * Super-resolution trained for fidelity: the mean absolute difference from the original (Lim et al.
 * 2017, EDSR, section 4.2, found it better than the mean square of SRResNet). What a GAN starts
 * from.
 */
public final class SuperResolution implements TrainingMethod {
  private final NetworkUpdater generator;
  private final WeightAverage average;
  private final Function<StateDict, ExportedModel> export;

  /**
   * @param generator (N, 3, H, W) to (N, 3, scale H, scale W); closed with this
   * @param averageDecay see {@link WeightAverage}
   * @param export makes a model of the averaged weights
   */
  public SuperResolution(
      NetworkUpdater generator, double averageDecay, Function<StateDict, ExportedModel> export) {
    this.generator = generator;
    this.average = new WeightAverage(generator.network(), averageDecay);
    this.export = export;
  }

  @Override
  public Map<String, Double> step(Batch batch, double rate, long step) {
    try (NDManager scope = generator.manager().newSubManager()) {
      NDArray low = live(scope, batch.tensor(LowResolutionPairs.LOW));
      NDArray high = live(scope, batch.tensor(LowResolutionPairs.HIGH));
      double loss;
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        NDArray l1 = generator.forward(low).sub(high).abs().mean();
        gradients.backward(l1);
        loss = l1.getFloat();
      }
      generator.update(rate);
      average.update(step);
      return Map.of("l1", loss);
    }
  }

  private static NDArray live(NDManager scope, Batch.Tensor tensor) {
    return scope.create(tensor.values(), new Shape(tensor.shape()));
  }

  @Override
  public Map<String, NDArray> tensors() {
    Map<String, NDArray> tensors = generator.tensors(TrainingPlan.GENERATOR);
    average.tensors().forEach((name, mean) -> tensors.put("generator-average/" + name, mean));
    return tensors;
  }

  @Override
  public Map<String, LiveNumber> numbers() {
    return generator.numbers(TrainingPlan.GENERATOR);
  }

  @Override
  public List<ExportedModel> exports() {
    return List.of(export.apply(average.stateDict()));
  }

  @Override
  public void close() {
    average.close();
    generator.close();
  }
}
