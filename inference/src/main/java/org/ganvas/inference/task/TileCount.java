package org.ganvas.inference.task;

import java.util.concurrent.CancellationException;

/** Counts the tiles of a picture that are computed, for its {@link Progress}. */
final class TileCount {
  private final Progress progress;
  private final int total;
  private int done;

  TileCount(Progress progress, int total) {
    this.progress = progress;
    this.total = total;
    progress.advanced(0, total);
  }

  /**
   * @throws CancellationException if no more tiles are wanted
   */
  synchronized void begin() {
    if (progress.cancelled()) {
      throw new CancellationException("cancelled after %d of %d tiles".formatted(done, total));
    }
  }

  synchronized void end() {
    done++;
    progress.advanced(done, total);
  }
}
