package org.ganvas.training.gan;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.LowResolutionPairs;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;

/**
 * Super-resolution trained for fidelity: the mean absolute difference from the original (Lim et al.
 * 2017, EDSR, section 4.2, found it better than the mean square of SRResNet). What a GAN starts
 * from.
 */
public final class SuperResolution implements TrainingMethod {
  private static final ResumableAdam.Betas BETAS = new ResumableAdam.Betas(0.9f, 0.99f);

  private final LoadedNetwork generator;
  private final ProgramMethod method;
  private final ResumableAdam adam;
  private final WeightAverage average;

  /**
   * @param generator (N, 3, H, W) to (N, 3, scale H, scale W); closed with this
   * @param method the precision and layout to compute in
   * @param averageDecay see {@link WeightAverage}
   */
  public SuperResolution(LoadedNetwork generator, ProgramMethod method, double averageDecay) {
    this.generator = generator;
    this.method = method;
    this.adam = new ResumableAdam(generator.weights(), BETAS, generator.manager());
    this.average = new WeightAverage(generator, averageDecay);
  }

  @Override
  public Map<String, Double> step(Batch batch, double learningRate, long step) {
    try (NDManager scope = generator.manager().newSubManager()) {
      NDArray low = live(scope, batch.tensor(LowResolutionPairs.LOW));
      NDArray high = live(scope, batch.tensor(LowResolutionPairs.HIGH));
      double loss;
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        NDArray l1 = generator.forward(low, method, true).sub(high).abs().mean();
        gradients.backward(l1);
        loss = l1.getFloat();
      }
      adam.update(learningRate, step);
      average.update(step);
      return Map.of("l1", loss);
    }
  }

  private static NDArray live(NDManager scope, Batch.Tensor tensor) {
    return scope.create(tensor.values(), new Shape(tensor.shape()));
  }

  @Override
  public Map<String, NDArray> tensors() {
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    generator.weights().forEach((name, weight) -> tensors.put("generator/" + name, weight));
    generator.buffers().forEach((name, buffer) -> tensors.put("generator/" + name, buffer));
    adam.tensors().forEach((name, moment) -> tensors.put("generator-adam/" + name, moment));
    average.tensors().forEach((name, mean) -> tensors.put("generator-average/" + name, mean));
    return tensors;
  }

  @Override
  public Program program() {
    return generator.program();
  }

  @Override
  public StateDict exportedState() {
    return average.stateDict();
  }

  @Override
  public void close() {
    average.close();
    adam.close();
    generator.close();
  }
}
