package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.ganvas.training.network.LoadedNetwork;

/** What lasts from one step of a training method to the next, such as a network that learns. */
public interface Part extends AutoCloseable {

  /**
   * Every tensor that the next step depends on. Live, so that a checkpoint can be read from them
   * and written into them.
   *
   * @param name of the part, which the tensors' names begin with
   */
  default Map<String, NDArray> tensors(String name) {
    return Map.of();
  }

  /**
   * Every other number that the next step depends on; live.
   *
   * @param name of the part, which the numbers' names begin with
   */
  default Map<String, LiveNumber> numbers(String name) {
    return Map.of();
  }

  /** The networks that it runs in steps, by the plan's names for them, such as generator. */
  default Map<String, LoadedNetwork> networks() {
    return Map.of();
  }

  @Override
  void close();
}
