package org.ganvas.cli.picture;

import org.ganvas.inference.task.Progress;

/** Tells the user how it goes. */
interface Report {
  /**
   * Work on a photo begins.
   *
   * @param before what has ended so far
   * @return is told how far the photo is
   */
  Progress started(Photo photo, Tally before);

  void ended(Photo photo, Outcome outcome);

  /** All photos have ended, or the user has stopped. */
  void summary(Tally tally);
}
