package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.ganvas.training.network.LiveTensors;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.script.StateDict;

/**
 * An exponential average of a network's weights; it is what gets exported, for it scores better
 * than the weights of any one step. Buffers, such as running means, are averaged along with the
 * weights: those of the newest weights do not suit an average of older ones.
 */
final class WeightAverage implements AutoCloseable {
  private final LoadedNetwork network;
  private final double decay;
  private final NDManager manager;
  private final UpdateRules rules;
  private final Map<String, NDArray> averages = new LinkedHashMap<>();

  /**
   * @param decay share of the old average that a step keeps, such as 0.999; early steps keep less,
   *     so that the start is forgotten quickly
   */
  WeightAverage(LoadedNetwork network, double decay) {
    this.network = network;
    this.decay = decay;
    this.manager = network.manager().newSubManager();
    this.rules = UpdateRules.load(manager.getDevice());
    remember(network.weights());
    remember(network.buffers());
  }

  private void remember(Map<String, NDArray> tensors) {
    tensors.forEach((name, tensor) -> averages.put(name, LiveTensors.copy(tensor, manager)));
  }

  /**
   * Takes the weights in.
   *
   * @param update the number of this update, from 1
   */
  void update(long update) {
    double kept = Math.min(decay, (1.0 + update) / (10.0 + update));
    takeIn(network.weights(), 1 - kept);
    takeIn(network.buffers(), 1 - kept);
  }

  private void takeIn(Map<String, NDArray> tensors, double share) {
    tensors.forEach(
        (name, tensor) ->
            rules.approach(Objects.requireNonNull(averages.get(name)), tensor, share));
  }

  /** The averaged weights and buffers, copied. */
  StateDict stateDict() {
    StateDict state = network.stateDict();
    averages.forEach(
        (name, average) ->
            state.put(name, new StateDict.Entry(state.get(name).shape(), average.toFloatArray())));
    return state;
  }

  /** The averages by name, live. */
  Map<String, NDArray> tensors() {
    return averages;
  }

  @Override
  public void close() {
    rules.close();
    manager.close();
  }
}
