package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ganvas.training.network.LoadedNetwork;

/** How much generated pictures differ from the real ones in what people see. */
public interface PictureLoss extends AutoCloseable {

  /**
   * The loss; within a gradient collector it can be differentiated by {@code generated}.
   *
   * @param generated float32 (N, 3, H, W), RGB, 0 to 1
   * @param real of the same shape; a constant
   * @param update of the generator, from 1, which all that varies depends on
   * @return a float32 scalar, with the manager of {@code generated}
   */
  NDArray of(NDArray generated, NDArray real, long update);

  /**
   * What the layers of a network that saw both differ in, summed over the layers.
   *
   * @param difference of two layers, to a scalar
   */
  static NDArray overLayers(NDList generated, NDList real, UnaryOperator<NDArray> difference) {
    NDArray sum = difference.apply(generated.get(0).sub(real.get(0)));
    for (int i = 1; i < generated.size(); i++) {
      sum = sum.add(difference.apply(generated.get(i).sub(real.get(i))));
    }
    return sum;
  }

  /** The networks of its own, by the plan's names for them. */
  default Map<String, LoadedNetwork> networks() {
    return Map.of();
  }

  @Override
  void close();
}
