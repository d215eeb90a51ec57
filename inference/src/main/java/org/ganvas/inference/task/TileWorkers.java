package org.ganvas.inference.task;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.ganvas.inference.model.GeneratorModel;

/**
 * The threads that compute tiles. Each works on a tile of its own, with its share of libtorch's
 * threads; on a processor with few cores that is one, so that no thread ever waits for another.
 */
final class TileWorkers implements AutoCloseable {
  /** Each worker needs memory for a tile. */
  private static final int MOST = 8;

  private static final long LONGEST_TILE_MINUTES = 60;

  /** How many tiles are computed at once. */
  static final int COUNT = Math.min(MOST, Runtime.getRuntime().availableProcessors());

  private final ExecutorService executor =
      new ThreadPoolExecutor(
          COUNT,
          COUNT,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          work -> {
            Thread thread = new Thread(work, "tile-worker");
            thread.setDaemon(true);
            return thread;
          },
          (work, pool) -> {
            throw GeneratorModel.closed();
          });

  ExecutorService executor() {
    return executor;
  }

  /**
   * How many of libtorch's threads a tile gets; no more tiles are computed at once than the threads
   * are enough for.
   *
   * @param threads that there are
   * @param tiles beside each other, which are computed before the next row of them
   * @param atOnce how many tiles may be computed at once
   */
  static int threadsPerTile(int threads, int tiles, int atOnce) {
    int shared = threads / Math.min(COUNT, tiles);
    int least = (threads + atOnce - 1) / atOnce;
    return Math.max(1, Math.max(shared, least));
  }

  /** Waits for the tiles that are still to be computed. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(LONGEST_TILE_MINUTES, TimeUnit.MINUTES)) {
        throw new IllegalStateException("a tile is still being computed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
