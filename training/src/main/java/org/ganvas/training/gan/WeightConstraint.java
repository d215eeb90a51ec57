package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/** What a network's weights are held to, before the first update and after each. */
@FunctionalInterface
public interface WeightConstraint {
  /** Weights are what the optimizer makes of them. */
  WeightConstraint NONE = weights -> {};

  /**
   * Changes the weights to the nearest that keep to it.
   *
   * @param weights live, by their names in the network
   */
  void apply(Map<String, NDArray> weights);
}
