package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Adam (Kingma and Ba 2015, algorithm 1, with the bias correction folded into the learning rate as
 * in section 2), with moments that can be saved and restored. DJL keeps those of its own to itself.
 */
final class ResumableAdam implements AutoCloseable {
  private static final double EPSILON = 1e-8;

  private final Map<String, NDArray> weights;
  private final Betas betas;
  private final NDManager manager;
  private final UpdateRules rules;
  private final LiveNumber updates = new LiveNumber();
  private final Map<String, NDArray> firstMoments = new LinkedHashMap<>();
  private final Map<String, NDArray> secondMoments = new LinkedHashMap<>();

  /** How slowly the moments forget: (.9, .99) and the like. */
  record Betas(float first, float second) {}

  ResumableAdam(Map<String, NDArray> weights, Betas betas, NDManager parent) {
    this.weights = weights;
    this.betas = betas;
    this.manager = parent.newSubManager();
    this.rules = UpdateRules.load(parent.getDevice());
    weights.forEach(
        (name, weight) -> {
          firstMoments.put(name, manager.zeros(weight.getShape()));
          secondMoments.put(name, manager.zeros(weight.getShape()));
        });
  }

  /**
   * Updates all weights by their gradients, which are zero afterwards.
   *
   * @param learningRate the step size alpha
   */
  void update(double learningRate) {
    double update = updates.increment();
    double corrected =
        learningRate
            * Math.sqrt(1 - Math.pow(betas.second, update))
            / (1 - Math.pow(betas.first, update));
    UpdateRules.Adam rule = new UpdateRules.Adam(betas.first, betas.second, EPSILON, corrected);
    weights.forEach(
        (name, weight) -> {
          try (NDArray gradient = weight.getGradient()) {
            NDArray first = Objects.requireNonNull(firstMoments.get(name));
            NDArray second = Objects.requireNonNull(secondMoments.get(name));
            rules.adam(rule, weight, gradient, first, second);
          }
        });
  }

  /** How many updates there were; live. */
  LiveNumber updates() {
    return updates;
  }

  /** The moments by name, live. */
  Map<String, NDArray> tensors() {
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    firstMoments.forEach((name, moment) -> tensors.put("first/" + name, moment));
    secondMoments.forEach((name, moment) -> tensors.put("second/" + name, moment));
    return tensors;
  }

  @Override
  public void close() {
    rules.close();
    manager.close();
  }
}
