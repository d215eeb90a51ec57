package org.ganvas.server.job;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ganvas.server.work.DaemonThreads;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs wait. Where the database is away, to ask it takes long; but who asks whether the
 * server is well wants to know soon.
 */
final class QueueLength implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 2;

  private final JobStore store;
  private final ExecutorService asking =
      Executors.newSingleThreadExecutor(new DaemonThreads("job-count"));
  private @Nullable Future<Long> answer;

  QueueLength(JobStore store) {
    this.store = store;
  }

  /** The number; empty if the database does not tell it soon. */
  Optional<Long> get() {
    try {
      return Optional.of(answer().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** While one is awaited, everybody waits for that one. */
  private synchronized Future<Long> answer() {
    Future<Long> last = answer;
    if (last == null || last.isDone()) {
      last = asking.submit(store::queued);
      answer = last;
    }
    return last;
  }

  @Override
  public void close() {
    asking.shutdownNow();
  }
}
