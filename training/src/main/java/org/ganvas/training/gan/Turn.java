package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ganvas.training.data.Batch;

/** A step that is being taken: its pictures, and what is found out. Closed, all of it is freed. */
public final class Turn implements AutoCloseable {
  /** How much the generated pictures of a batch differ, in terms of how much the real ones do. */
  public static final String DIVERSITY = "diversity";

  /** Steps between two looks at what takes time and changes slowly. */
  private static final long WATCH = 10;

  private final Batch batch;
  private final double rate;
  private final long step;
  private final NDManager scope;
  private final Map<String, DoubleSummaryStatistics> figures = new LinkedHashMap<>();

  /**
   * @param rate share of the learning rates' peak, from 0 to 1
   * @param step its number, from 1
   * @param parent manager on the device
   */
  Turn(Batch batch, double rate, long step, NDManager parent) {
    this.batch = batch;
    this.rate = rate;
    this.step = step;
    this.scope = parent.newSubManager();
  }

  double rate() {
    return rate;
  }

  long step() {
    return step;
  }

  /** What is freed at the end of the step is made under this. */
  NDManager scope() {
    return scope;
  }

  /** A tensor of the batch. */
  NDArray tensor(String name) {
    Batch.Tensor tensor = batch.tensor(name);
    return scope.create(tensor.values(), new Shape(tensor.shape()));
  }

  /** Whether the batch has such a tensor. */
  boolean has(String name) {
    return batch.tensors().containsKey(name);
  }

  /** Whether figures that take time are wanted. */
  boolean isWatched() {
    return isWatched(step);
  }

  /** Whether they are wanted of the update with that number, from 1. */
  static boolean isWatched(long update) {
    return update % WATCH == 0;
  }

  /** Takes a figure; of one that several networks tell, the log gets the mean. */
  void tell(String name, double figure) {
    figures.computeIfAbsent(name, unused -> new DoubleSummaryStatistics()).accept(figure);
  }

  /** Takes a scalar, such as a loss. */
  void tell(String name, NDArray scalar) {
    tell(name, scalar.getFloat());
  }

  /**
   * Tells now and then how much generated pictures differ among themselves.
   *
   * @param real (N, C, H, W)
   * @param generated (N', C, H, W)
   */
  void watchDiversity(NDArray real, NDArray generated) {
    if (isWatched()) {
      double ofReal = spread(real);
      if (ofReal > 0) {
        tell(DIVERSITY, Math.sqrt(spread(generated.stopGradient()) / ofReal));
      }
    }
  }

  /** The mean square of what a picture differs from the mean picture of its batch. */
  private static double spread(NDArray pictures) {
    return pictures.sub(pictures.mean(new int[] {0}, true)).square().mean().getFloat();
  }

  /** What was told, by name. */
  Map<String, Double> figures() {
    Map<String, Double> means = new LinkedHashMap<>();
    figures.forEach((name, told) -> means.put(name, told.getAverage()));
    return means;
  }

  @Override
  public void close() {
    scope.close();
  }
}
