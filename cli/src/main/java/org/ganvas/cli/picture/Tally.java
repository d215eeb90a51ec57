package org.ganvas.cli.picture;

/**
 * How many photos ended how.
 *
 * @param total photos there are
 * @param results that were found and left out
 */
record Tally(int total, int done, int skipped, int failed, int results) {
  static Tally of(int total, int results) {
    return new Tally(total, 0, 0, 0, results);
  }

  Tally plus(Outcome outcome) {
    if (outcome instanceof Outcome.Done) {
      return new Tally(total, done + 1, skipped, failed, results);
    }
    return outcome instanceof Outcome.Skipped
        ? new Tally(total, done, skipped + 1, failed, results)
        : new Tally(total, done, skipped, failed + 1, results);
  }

  /** Photos that have ended. */
  int ended() {
    return done + skipped + failed;
  }
}
