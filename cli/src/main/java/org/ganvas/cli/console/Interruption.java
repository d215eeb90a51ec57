package org.ganvas.cli.console;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work end in order when the user presses Ctrl-C: the Java machine waits until the work has
 * seen it and put away its temporary files.
 */
public final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::await, "interruption");
  private final PrintWriter err;
  private volatile boolean requested;

  /** Is there for what follows, until it is closed. */
  public Interruption(PrintWriter err) {
    this.err = err;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether the work should end. */
  public boolean requested() {
    return requested;
  }

  private void await() {
    requested = true;
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        err.println("a tile takes very long and is given up; look for a temporary file");
        err.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The work has ended. */
  @Override
  public void close() {
    ended.countDown();
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The machine has begun to shut down at this very moment; the hook finds the work ended.
      }
    }
  }
}
