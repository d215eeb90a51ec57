package org.ganvas.cli.picture;

import org.ganvas.inference.task.PictureResult;

/** How it ended with a photo. */
sealed interface Outcome {
  /**
   * There is a result.
   *
   * @param result what it is like
   * @param seconds how long it took
   */
  record Done(PictureResult result, double seconds) implements Outcome {}

  /** There was a result already. */
  record Skipped() implements Outcome {}

  /**
   * There is no result.
   *
   * @param message why, in one line
   */
  record Failed(String message) implements Outcome {}
}
