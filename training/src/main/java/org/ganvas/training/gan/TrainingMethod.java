package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ganvas.training.data.Batch;
import org.ganvas.training.network.LoadedNetwork;

/**
 * A way to train networks. Its step reads like the paper; the loop, checkpoints, observers and
 * command line know no method by name.
 */
public interface TrainingMethod extends AutoCloseable {

  /**
   * One update of every network.
   *
   * @param batch the pictures
   * @param rate share of the learning rates' peak for this step, from 0 to 1
   * @param step the number of the step, from 1
   * @return losses and other figures by name, for the log
   */
  Map<String, Double> step(Batch batch, double rate, long step);

  /** All that lasts from step to step, by names that stay the same; closed with this. */
  Map<String, Part> parts();

  /** The models as they are now: one for each name that the recipe gave for the plan. */
  List<ExportedModel> exports();

  /** Every tensor that the next step depends on: weights, buffers, moments, averages; live. */
  default Map<String, NDArray> tensors() {
    Map<String, NDArray> tensors = new TreeMap<>();
    parts().forEach((name, part) -> tensors.putAll(part.tensors(name)));
    return tensors;
  }

  /** Every other number that the next step depends on; live. */
  default Map<String, LiveNumber> numbers() {
    Map<String, LiveNumber> numbers = new TreeMap<>();
    parts().forEach((name, part) -> numbers.putAll(part.numbers(name)));
    return numbers;
  }

  /** The networks that a step runs, by the plan's names for them; those of one name are alike. */
  default Map<String, List<LoadedNetwork>> networks() {
    Map<String, List<LoadedNetwork>> networks = new TreeMap<>();
    for (Part part : parts().values()) {
      part.networks()
          .forEach(
              (name, network) ->
                  networks.computeIfAbsent(name, unused -> new ArrayList<>()).add(network));
    }
    return networks;
  }

  @Override
  default void close() {
    parts().values().forEach(Part::close);
  }
}
