package org.ganvas.cli.serve;

import java.time.Duration;
import org.ganvas.server.job.JobSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code serve} about jobs. */
final class JobOptions {
  private static final JobSettings USUAL = JobSettings.DEFAULT;

  @Option(
      names = "--database",
      paramLabel = "URL",
      defaultValue = "${env:GANVAS_DATABASE}",
      description =
          "JDBC URL of a PostgreSQL, which several servers may share; or in the variable"
              + " GANVAS_DATABASE. Default: a file in the folder of --data.")
  private @Nullable String database;

  @Option(
      names = "--jobs-at-once",
      paramLabel = "N",
      description = "Jobs that this server does at once. Default: half of the processors.")
  private int atOnce = USUAL.atOnce();

  @Option(
      names = "--max-jobs",
      paramLabel = "N",
      description = "Jobs that may wait. Default: 1000.")
  private int maxQueued = USUAL.maxQueued();

  @Option(
      names = "--max-stored",
      paramLabel = "BYTES",
      description = "Inputs and results kept, in all. Default: 21474836480 (20 GiB).")
  private long maxStored = USUAL.maxStoredBytes();

  @Option(
      names = "--keep",
      paramLabel = "HOURS",
      description = "How long results are kept. Default: 24.")
  private int keep = (int) USUAL.keepResults().toHours();

  /**
   * What was chosen.
   *
   * @throws IllegalArgumentException if it is no PostgreSQL, or a limit is below 1
   */
  JobSettings settings() {
    return new JobSettings(
        database == null || database.isEmpty() ? null : database,
        atOnce,
        maxQueued,
        maxStored,
        Duration.ofHours(keep),
        USUAL.heartbeat());
  }
}
