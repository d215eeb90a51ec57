package org.ganvas.training.run;

import ai.djl.ndarray.NDArray;
import java.io.Serial;
import java.util.Map;

/** A loss is not a number any more; the weights are lost, the checkpoints are not. */
public final class DivergedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private static final String ADVICE =
      "; resume from the last checkpoint with a lower --lr (try half) or --precision float32";

  private DivergedException(String message) {
    super(message);
  }

  static void check(long step, Map<String, Double> figures) {
    figures.forEach(
        (name, value) -> {
          if (!Double.isFinite(value)) {
            throw new DivergedException(
                "a loss must be a finite number, found %s = %s at step %d%s"
                    .formatted(name, value, step, ADVICE));
          }
        });
  }

  /** The loss of a step is computed before its update, which may be what diverges. */
  static void checkTensors(long step, Map<String, NDArray> tensors) {
    tensors.forEach(
        (name, tensor) -> {
          try (NDArray magnitudes = tensor.abs();
              NDArray sum = magnitudes.sum()) {
            if (!Float.isFinite(sum.getFloat())) {
              throw new DivergedException(
                  "weights must be finite numbers, found others in %s after step %d%s"
                      .formatted(name, step, ADVICE));
            }
          }
        });
  }
}
