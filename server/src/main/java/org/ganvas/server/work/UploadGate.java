package org.ganvas.server.work;

import java.util.concurrent.TimeUnit;
import org.ganvas.server.problem.ProblemException;
import org.ganvas.server.problem.ProblemKind;

/**
 * Counts the bodies that are in memory and the pictures that are being taken, so that many or slow
 * clients neither fill it nor keep all threads.
 */
public final class UploadGate {
  private static final int RETRY_SECONDS = 2;

  private final int atOnce;
  private final long capacityBytes;
  private int uploads;
  private long bytes;

  /**
   * @param atOnce bodies, and pictures that are being taken, that may be there at once
   * @param capacityBytes how large they may be together
   */
  public UploadGate(int atOnce, long capacityBytes) {
    this.atOnce = atOnce;
    this.capacityBytes = capacityBytes;
  }

  /**
   * Makes room for a body.
   *
   * @param length how long it will be at most; 0 where a picture is only taken
   * @throws ProblemException if there is no room
   */
  public synchronized Upload open(long length) {
    if (uploads >= atOnce || (uploads > 0 && bytes + length > capacityBytes)) {
      throw ProblemException.retryLater(
          ProblemKind.BUSY,
          ("the server takes or sends %d pictures at once, and takes %,d bytes in all,"
                  + " found that many; try again later")
              .formatted(atOnce, capacityBytes),
          RETRY_SECONDS);
    }
    uploads++;
    bytes += length;
    return new Upload(length);
  }

  private synchronized void release(Upload upload) {
    uploads--;
    bytes -= upload.length;
    notifyAll();
  }

  private synchronized void releaseBytes(Upload upload) {
    bytes -= upload.length;
    upload.length = 0;
  }

  /**
   * Waits until all bodies have been answered.
   *
   * @param seconds how long at most
   */
  public synchronized void awaitIdle(long seconds) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (uploads > 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  /** A body that is in memory until it is dropped, and counted until its answer has been sent. */
  public final class Upload implements AutoCloseable {
    private long length;

    private Upload(long length) {
      this.length = length;
    }

    /** The body is needed no longer: what is left to do is to send its answer. */
    public void dropBody() {
      releaseBytes(this);
    }

    @Override
    public void close() {
      release(this);
    }
  }
}
