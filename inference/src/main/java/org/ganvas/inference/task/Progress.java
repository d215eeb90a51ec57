package org.ganvas.inference.task;

/**
 * Is told how far a picture is, and may end the work. Called by threads that compute, by one at a
 * time.
 */
public interface Progress {
  /** Tells nobody and never ends anything. */
  Progress NONE = (done, total) -> {};

  /**
   * Another tile is computed.
   *
   * @param done tiles computed, from 0 (called before the first one) to {@code total}
   * @param total tiles there are
   */
  void advanced(int done, int total);

  /**
   * Asked before each tile; if true the work ends with a {@link
   * java.util.concurrent.CancellationException}, and no file is left.
   */
  default boolean cancelled() {
    return false;
  }
}
