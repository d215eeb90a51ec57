package org.ganvas.inference.task;

/** Work that also ends when nobody wants its result any more, such as after a full disk. */
final class Abandonable implements Progress, AutoCloseable {
  private final Progress progress;
  private volatile boolean abandoned;

  Abandonable(Progress progress) {
    this.progress = progress;
  }

  @Override
  public synchronized void advanced(int done, int total) {
    if (!abandoned) {
      progress.advanced(done, total);
    }
  }

  @Override
  public boolean cancelled() {
    return abandoned || progress.cancelled();
  }

  /** Ends what is still being computed. */
  @Override
  public synchronized void close() {
    abandoned = true;
  }
}
