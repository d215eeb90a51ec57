package org.ganvas.cli;

/**
 * How many photos ended how.
 *
 * @param total photos there are
 */
record Tally(int total, int done, int skipped, int failed) {
  static Tally of(int total) {
    return new Tally(total, 0, 0, 0);
  }

  Tally plus(Outcome outcome) {
    if (outcome instanceof Outcome.Done) {
      return new Tally(total, done + 1, skipped, failed);
    }
    return outcome instanceof Outcome.Skipped
        ? new Tally(total, done, skipped + 1, failed)
        : new Tally(total, done, skipped, failed + 1);
  }

  /** Photos that have ended. */
  int ended() {
    return done + skipped + failed;
  }
}
