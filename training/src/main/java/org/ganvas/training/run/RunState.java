package org.ganvas.training.run;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.ganvas.training.gan.LiveNumber;
import org.ganvas.training.gan.TrainingMethod;

/**
 * All that a run keeps from step to step, and so what its checkpoints hold.
 *
 * @param balance what has been seen of the game, if the method is one
 */
record RunState(TrainingMethod method, Balance balance) {

  /** Live. */
  Map<String, NDArray> tensors() {
    return method.tensors();
  }

  /** All that are no tensors; live. */
  Map<String, LiveNumber> numbers() {
    Map<String, LiveNumber> numbers = new TreeMap<>(method.numbers());
    numbers.putAll(balance.numbers());
    return numbers;
  }

  /**
   * Becomes what it was at a checkpoint. One that was written before checkpoints held the balance
   * leaves that as it is.
   *
   * @throws IOException if the names or shapes differ
   */
  void restore(FoundCheckpoint checkpoint) throws IOException {
    boolean hasBalance = checkpoint.numbers().keySet().containsAll(balance.numbers().keySet());
    checkpoint.restoreInto(tensors(), hasBalance ? numbers() : method.numbers());
  }
}
