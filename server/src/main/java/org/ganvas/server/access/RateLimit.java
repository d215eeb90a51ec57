package org.ganvas.server.access;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.ganvas.server.problem.ProblemException;
import org.ganvas.server.problem.ProblemKind;

/** Limits how many requests each client sends. */
public final class RateLimit {
  /** So many clients are remembered; beyond that those who have been quiet are forgotten. */
  private static final int MOST_CLIENTS = 50_000;

  private final int perMinute;
  private final int burst;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  /**
   * @param perMinute requests a client may send in the long run
   * @param burst requests it may send at once after a pause
   */
  public RateLimit(int perMinute, int burst) {
    this.perMinute = perMinute;
    this.burst = burst;
  }

  /**
   * Counts a request.
   *
   * @throws ProblemException if the client has sent too many
   */
  public void count(String client) {
    if (buckets.size() >= MOST_CLIENTS) {
      buckets.values().removeIf(bucket -> bucket.getAvailableTokens() >= burst);
    }
    ConsumptionProbe probe =
        buckets.computeIfAbsent(client, name -> newBucket()).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      long wait = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
      throw ProblemException.retryLater(
          ProblemKind.TOO_MANY_REQUESTS,
          "a client may send %d requests a minute, found more; wait %d s"
              .formatted(perMinute, wait),
          wait);
    }
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(burst).refillGreedy(perMinute, Duration.ofMinutes(1)))
        .build();
  }
}
