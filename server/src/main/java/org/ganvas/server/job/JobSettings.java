package org.ganvas.server.job;

import java.time.Duration;
import org.ganvas.server.work.Limits;
import org.jspecify.annotations.Nullable;

/**
 * How jobs are kept and done.
 *
 * @param database a JDBC URL of PostgreSQL, which several servers may share; null for a file in the
 *     server's own folder
 * @param atOnce jobs that this server does at once, at least 1
 * @param maxQueued jobs that may wait, at least 1
 * @param maxStoredBytes how large the inputs and results that are kept may be together
 * @param keepResults how long a result can be fetched
 * @param heartbeat how often a server shows that it lives; another one takes over its jobs when it
 *     has not done so six times
 */
public record JobSettings(
    @Nullable String database,
    int atOnce,
    int maxQueued,
    long maxStoredBytes,
    Duration keepResults,
    Duration heartbeat) {
  /** A file; one job for two processors; 1000 waiting; 20 GiB; 24 hours; 5 seconds. */
  public static final JobSettings DEFAULT =
      new JobSettings(
          null,
          Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
          1000,
          20L << 30,
          Duration.ofHours(24),
          Duration.ofSeconds(5));

  private static final String POSTGRESQL = "jdbc:postgresql:";

  public JobSettings {
    if (database != null && !database.startsWith(POSTGRESQL)) {
      throw new IllegalArgumentException(
          "a database is the JDBC URL of a PostgreSQL, such as jdbc:postgresql://host/ganvas?user=ganvas, found another");
    }
    Limits.requireAtLeast("--jobs-at-once", 1, atOnce);
    Limits.requireAtLeast("--max-jobs", 1, maxQueued);
    Limits.requireAtLeast("--max-stored", 1, maxStoredBytes);
    if (keepResults.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "results are kept for a second at least, found %s; raise --keep".formatted(keepResults));
    }
  }
}
