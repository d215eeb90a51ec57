package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.ganvas.training.data.Batch;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;

/**
 * A way to train networks. Its step reads like the paper; the loop, checkpoints, observers and
 * command line know no method by name.
 */
public interface TrainingMethod extends AutoCloseable {

  /**
   * One update of every network.
   *
   * @param batch the pictures
   * @param learningRate for this step
   * @param step the number of the step, from 1
   * @return losses and other figures by name, for the log
   */
  Map<String, Double> step(Batch batch, double learningRate, long step);

  /**
   * Every tensor that the next step depends on, by a name that stays the same: weights, buffers,
   * moments, averages. Live, so that a checkpoint can be read from them and written into them.
   */
  Map<String, NDArray> tensors();

  /** The program of the network that is exported. */
  Program program();

  /** The weights to export: a copy. */
  StateDict exportedState();

  @Override
  void close();
}
