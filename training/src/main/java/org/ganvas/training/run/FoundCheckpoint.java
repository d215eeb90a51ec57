package org.ganvas.training.run;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ganvas.training.gan.LiveNumber;
import org.ganvas.training.network.LiveTensors;
import org.ganvas.training.script.StateDict;

/**
 * A checkpoint that was found.
 *
 * @param step steps taken
 * @param tensors by name
 * @param numbers that are no tensors, by name
 * @param warnings newer checkpoints that are damaged, a sentence each
 */
record FoundCheckpoint(
    long step,
    Map<String, StateDict.Entry> tensors,
    Map<String, Double> numbers,
    List<String> warnings) {

  /**
   * Writes the tensors and numbers into live ones, all or none.
   *
   * @throws IOException if the names or shapes differ
   */
  void restoreInto(Map<String, NDArray> live, Map<String, LiveNumber> liveNumbers)
      throws IOException {
    if (!liveNumbers.keySet().equals(numbers.keySet())) {
      throw new IOException(
          "the checkpoint holds other numbers than the plan asks for; it holds %s, asked for %s"
              .formatted(numbers.keySet(), liveNumbers.keySet()));
    }
    if (!live.keySet().equals(tensors.keySet())) {
      throw new IOException(
          ("the checkpoint holds other tensors than the plan asks for; it holds %d, asked for %d;"
                  + " continue with the networks and optimizers that the run was begun with")
              .formatted(tensors.size(), live.size()));
    }
    for (Map.Entry<String, NDArray> tensor : live.entrySet()) {
      List<Long> asked = Arrays.stream(tensor.getValue().getShape().getShape()).boxed().toList();
      List<Long> held = Objects.requireNonNull(tensors.get(tensor.getKey())).shape();
      if (!held.equals(asked)) {
        throw new IOException(
            "the checkpoint's %s is %s where the plan asks for %s; continue with the run's own plan"
                .formatted(tensor.getKey(), held, asked));
      }
    }
    live.forEach(
        (name, array) ->
            LiveTensors.write(Objects.requireNonNull(tensors.get(name)).data(), array));
    liveNumbers.forEach((name, number) -> number.set(Objects.requireNonNull(numbers.get(name))));
  }
}
