package org.ganvas.server.job;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.ganvas.inference.task.Progress;

/** How far an attempt is, and whether it should go on. */
final class JobProgress implements Progress {
  private static final double SURE_AFTER_SECONDS = 1;

  private final BooleanSupplier ending;
  private volatile boolean stopped;
  private double done;
  private long begun;

  /**
   * @param ending whether the server ends
   */
  JobProgress(BooleanSupplier ending) {
    this.ending = ending;
  }

  @Override
  public synchronized void advanced(int tiles, int total) {
    if (begun == 0) {
      begun = System.nanoTime();
    }
    done = (double) tiles / total;
  }

  @Override
  public boolean cancelled() {
    return stopped || ending.getAsBoolean();
  }

  /** Nobody wants it any more. */
  void stop() {
    stopped = true;
  }

  /** For the database. */
  synchronized Job.Progress now() {
    double seconds =
        begun == 0 ? 0 : (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
    Integer left =
        done == 0 || seconds < SURE_AFTER_SECONDS
            ? null
            : (int) Math.ceil(seconds * (1 - done) / done);
    // The last percent is writing and storing the file.
    return new Job.Progress((int) Math.min(99, 100 * done), left);
  }
}
