package org.ganvas.training.data;

import java.io.IOException;
import java.util.List;

/** Where batches come from: the batch of a step depends on nothing but the step's number. */
@FunctionalInterface
public interface BatchSource {
  /**
   * The batch of a step.
   *
   * @param step counted from 0
   * @throws IOException if the data can no longer be read
   */
  Batch batch(long step) throws IOException;

  /** Sentences to begin with, on pictures that may not be what they are taken for. */
  default List<String> warnings() {
    return List.of();
  }

  /** The pictures that turned out so far to be unusable, with the reason. */
  default List<PhotoFolder.Skipped> undecodable() {
    return List.of();
  }
}
