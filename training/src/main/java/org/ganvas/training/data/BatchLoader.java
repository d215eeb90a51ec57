package org.ganvas.training.data;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Makes the batches of coming steps while a step runs, in one background thread of low priority:
 * one, because every busy thread beside libtorch's slows all of them down.
 */
public final class BatchLoader implements AutoCloseable {
  private static final int AHEAD = 3;

  private final BlockingQueue<Loaded> queue = new ArrayBlockingQueue<>(AHEAD);
  private final Thread thread;
  private @Nullable Failed failed;

  private sealed interface Loaded {}

  private record Ready(Batch batch) implements Loaded {}

  private record Failed(Throwable cause) implements Loaded {}

  /**
   * Starts to load.
   *
   * @param source asked for one step after the other, in the background thread
   * @param firstStep the step to begin with
   */
  @SuppressWarnings(
      "ThreadPriorityCheck") // a hint to schedulers that heed it; nothing depends on it
  public BatchLoader(BatchSource source, long firstStep) {
    thread = new Thread(() -> load(source, firstStep), "batch-loader");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.start();
  }

  private void load(BatchSource source, long firstStep) {
    try {
      for (long step = firstStep; ; step++) {
        queue.put(new Ready(source.batch(step)));
      }
    } catch (InterruptedException e) {
      // Closed: nobody wants the rest.
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    try {
      queue.put(new Failed(cause));
    } catch (InterruptedException e) {
      // Closed: nobody wants to know.
    }
  }

  /**
   * The batch of the next step; waits until it is there.
   *
   * @throws IOException if the source failed; so does every call after that
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public Batch next() throws IOException, InterruptedException {
    Loaded loaded = failed == null ? queue.take() : failed;
    if (loaded instanceof Ready ready) {
      return ready.batch;
    }
    failed = (Failed) loaded;
    throw new IOException("a batch could not be made: " + failed.cause.getMessage(), failed.cause);
  }

  /** Stops the thread, and returns once it has ended. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
