package org.ganvas.inference.task;

/**
 * Is told how far a picture is, and may end the work. Called by the thread that asks for the
 * picture and by those that compute, by one at a time. What it throws ends the work too, and is
 * thrown at whoever asks; no file is left. It must not close what computes: that waits for it.
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
