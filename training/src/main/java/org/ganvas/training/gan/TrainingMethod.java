package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.ganvas.training.data.Batch;

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

  /**
   * Every tensor that the next step depends on, by a name that stays the same: weights, buffers,
   * moments, averages. Live, so that a checkpoint can be read from them and written into them.
   */
  Map<String, NDArray> tensors();

  /** Every other number that the next step depends on, by a name that stays the same; live. */
  Map<String, LiveNumber> numbers();

  /** The models as they are now: one for each name that the recipe gave for the plan. */
  List<ExportedModel> exports();

  @Override
  void close();
}
