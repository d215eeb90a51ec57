package org.ganvas.training.run;

import java.io.Serial;
import java.util.Map;

/** A loss is not a number any more; the weights are lost, the checkpoints are not. */
public final class DivergedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private DivergedException(String message) {
    super(message);
  }

  static void check(long step, Map<String, Double> figures) {
    figures.forEach(
        (name, value) -> {
          if (!Double.isFinite(value)) {
            throw new DivergedException(
                ("a loss must be a finite number, found %s = %s at step %d; resume from the last"
                        + " checkpoint with a lower --lr (try half) or --precision float32")
                    .formatted(name, value, step));
          }
        });
  }
}
