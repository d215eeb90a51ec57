package org.ganvas.server.work;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.ganvas.server.problem.ProblemException;
import org.ganvas.server.problem.ProblemKind;

/**
 * Decides what is computed now, what waits, and what is refused. Work begins in the order of
 * arrival, when there is both a processor and the memory that it is estimated to take.
 */
public final class Admission {
  private static final long LOOK_MILLIS = 200;
  private static final double TYPICAL_SECONDS = 2;

  /** How much the newest picture counts in the mean of the durations. */
  private static final double NEWEST = 0.2;

  private final Capacity capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Place> queue = new ArrayDeque<>();
  private int requests;
  private int running;
  private Footprint memory = Footprint.NONE;
  private boolean closed;
  private double meanSeconds = TYPICAL_SECONDS;

  public Admission(Capacity capacity) {
    this.capacity = capacity;
  }

  /**
   * What is going on.
   *
   * @param waiting pictures that wait for their turn
   * @param running pictures in work
   * @param memory what these are estimated to take
   */
  public record Load(int waiting, int running, Footprint memory) {}

  /** The load at this moment. */
  public Load load() {
    lock.lock();
    try {
      return new Load(queue.size(), running, memory);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Refuses at once when a request would be refused later, so that nobody uploads in vain.
   *
   * @throws ProblemException if all places are taken, or the server is closing
   */
  public void requireRoom() {
    lock.lock();
    try {
      requireOpen();
      if (requests >= capacity.atOnce() + capacity.waiting()) {
        throw ProblemException.retryLater(
            ProblemKind.BUSY,
            "the server does %d pictures at once and lets %d wait, found all places taken; try again later"
                .formatted(capacity.atOnce(), capacity.waiting()),
            Math.round(meanSeconds * (1 + (double) requests / capacity.atOnce())));
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Refuses what would only be done after the server has started again.
   *
   * @throws ProblemException if the server is closing
   */
  public void requireOpen() {
    lock.lock();
    try {
      if (closed) {
        throw ProblemException.retryLater(
            ProblemKind.CLOSING, "the server is shutting down; try again in a moment", 5);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a place for a request that somebody waits for.
   *
   * @throws ProblemException as {@link #requireRoom}
   */
  public Place enter() {
    lock.lock();
    try {
      requireRoom();
      requests++;
      return new Place(true);
    } finally {
      lock.unlock();
    }
  }

  /** Takes a place for a job, which waits as long as it has to. */
  public Place enterJob() {
    return new Place(false);
  }

  /**
   * Refuses what can never be done.
   *
   * @param needed memory that the work will take
   * @throws ProblemException if that is more than there is for all pictures
   */
  public void requireFits(Footprint needed) {
    if (!needed.isWithin(capacity.work())) {
      throw new ProblemException(
          ProblemKind.TOO_LARGE,
          "a picture may take at most %,d MB of the heap and %,d MB beyond it, found one that takes %,d and %,d; use a smaller picture, smaller tiles or a smaller scale"
              .formatted(
                  capacity.work().heapBytes() >> 20,
                  capacity.work().nativeBytes() >> 20,
                  needed.heapBytes() >> 20,
                  needed.nativeBytes() >> 20));
    }
  }

  /** Refuses new requests from now on; those that have a place go on. */
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /** A place in the queue, and then at work. */
  public final class Place implements AutoCloseable {
    private final boolean request;
    private Footprint taken = Footprint.NONE;
    private long begun;

    private Place(boolean request) {
      this.request = request;
    }

    /**
     * Waits for the turn.
     *
     * @param needed memory that the work will take
     * @param givenUp asked five times a second
     * @throws CancellationException if it was given up
     * @throws ProblemException if so much memory is never there
     */
    public void begin(Footprint needed, BooleanSupplier givenUp) {
      requireFits(needed);
      lock.lock();
      try {
        queue.addLast(this);
        try {
          while (queue.peekFirst() != this || !fits(needed)) {
            if (givenUp.getAsBoolean()) {
              throw new CancellationException("given up while waiting");
            }
            var unused = changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
          }
          running++;
          taken = needed;
          memory = memory.plus(needed);
          begun = System.nanoTime();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new CancellationException("interrupted while waiting");
        } finally {
          queue.remove(this);
          changed.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }

    private boolean fits(Footprint needed) {
      return running < capacity.atOnce() && memory.plus(needed).isWithin(capacity.work());
    }

    @Override
    public void close() {
      lock.lock();
      try {
        if (request) {
          requests--;
        }
        if (begun != 0) {
          running--;
          memory = memory.minus(taken);
          double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
          meanSeconds += NEWEST * (seconds - meanSeconds);
        }
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
