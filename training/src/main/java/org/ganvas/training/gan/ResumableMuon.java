package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Muon (K. Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural networks") with
 * Nesterov momentum, whose state can be saved and restored. The step is the momentum as a matrix
 * with all its singular values brought near 1, by five iterations of a polynomial; so it moves
 * every direction of a layer alike, where the gradient knows few. It is scaled as by J. Liu et al.
 * 2025 ("Muon is scalable for LLM training", section 2.2), so that its numbers are as large as
 * Adam's.
 */
final class ResumableMuon implements AutoCloseable {
  private static final double MOMENTUM = 0.95;

  /** What the root mean square of Adam's steps is found to be, of the learning rate. */
  private static final double ADAM_STEP = 0.2;

  private final Map<String, NDArray> weights;
  private final NDManager manager;
  private final UpdateRules rules;
  private final Map<String, NDArray> momenta = new LinkedHashMap<>();

  /**
   * @param weights of two or more dimensions, the first of which counts the outputs (of a
   *     transposed convolution the inputs)
   */
  ResumableMuon(Map<String, NDArray> weights, NDManager parent) {
    this.weights = weights;
    this.manager = parent.newSubManager();
    this.rules = UpdateRules.load(parent.getDevice());
    weights.forEach((name, weight) -> momenta.put(name, manager.zeros(weight.getShape())));
  }

  /**
   * The weights that Muon is for: those of two or more dimensions, but neither the first, which
   * reads the picture, nor the last, which draws it.
   *
   * @param weights of a network, in their order in it
   */
  static Map<String, NDArray> hidden(Map<String, NDArray> weights) {
    List<Map.Entry<String, NDArray>> matrices =
        weights.entrySet().stream()
            .filter(weight -> weight.getValue().getShape().dimension() >= 2)
            .toList();
    Map<String, NDArray> hidden = new LinkedHashMap<>();
    for (int i = 1; i < matrices.size() - 1; i++) {
      hidden.put(matrices.get(i).getKey(), matrices.get(i).getValue());
    }
    return hidden;
  }

  /**
   * Updates all weights by their gradients, which are zero afterwards.
   *
   * @param learningRate as Adam's
   */
  void update(double learningRate) {
    weights.forEach(
        (name, weight) -> {
          long rows = weight.getShape().get(0);
          double longer = Math.max(rows, weight.size() / rows);
          double rate = learningRate * ADAM_STEP * Math.sqrt(longer);
          try (NDArray gradient = weight.getGradient()) {
            NDArray momentum = Objects.requireNonNull(momenta.get(name));
            rules.muon(MOMENTUM, rate, weight, gradient, momentum);
          }
        });
  }

  /** The momenta by name, live. */
  Map<String, NDArray> tensors() {
    return momenta;
  }

  @Override
  public void close() {
    rules.close();
    manager.close();
  }
}
