package org.ganvas.server.http;

import java.util.concurrent.TimeUnit;

/** How fast bytes have to come or go, from now on. */
final class Pace {
  /** A connection may take this long to get going. */
  private static final double GRACE_SECONDS = 5;

  private final int bytesPerSecond;
  private final long start = System.nanoTime();

  /**
   * @param bytesPerSecond the least in the mean, after the first seconds
   */
  Pace(int bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  int bytesPerSecond() {
    return bytesPerSecond;
  }

  /** Whether so many bytes are too few by now. */
  boolean isMissedBy(long bytes) {
    double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
    return bytes < (seconds - GRACE_SECONDS) * bytesPerSecond;
  }
}
