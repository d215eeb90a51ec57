package org.ganvas.server.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ganvas.server.problem.ProblemException;
import org.ganvas.server.problem.ProblemKind;
import org.ganvas.server.work.DaemonThreads;
import org.ganvas.server.work.PreparedTask;
import org.ganvas.server.work.TaskQuery;
import org.ganvas.server.work.Workshop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs: accepted once, done by this server or another one that shares the database, kept until they
 * expire. db-scheduler hands them out, and takes back those of servers that have died.
 */
public final class JobQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobQueue.class);

  /** What jobs are called in db-scheduler's table. */
  static final String TASK = "picture";

  /** At each moment a job may use one connection, and so may each of some requests. */
  private static final int SPARE_CONNECTIONS = 10;

  private static final int MISSED_HEARTBEATS = 6;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(2);

  /** No job is put so far ahead: at most by {@link #RETRY}. */
  private static final Duration FAR_AHEAD = Duration.ofMinutes(1);

  private static final Duration CLEAN = Duration.ofMinutes(1);

  /** How long a job that has ended is known beyond its result. */
  private static final Duration KEEP_RECORDS = Duration.ofDays(7);

  /** What is still in work so long before the end is put back into the queue. */
  private static final long LAST_SECONDS = 5;

  private final Database database;
  private final JobStore store;
  private final QueueLength length;
  private final JobIntake intake;
  private final JobBytes bytes;
  private final JobExecution execution;
  private final Scheduler scheduler;
  private final long patienceSeconds;
  private final long cleanMillis;

  /** Beside those that do jobs, which may all be busy for long. */
  private final ScheduledExecutorService cleaning =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("job-cleaning"));

  /**
   * Opens the queue; nothing is done before {@link #start}.
   *
   * @param folder where the embedded database lies
   * @param workshop where results are made
   * @param patienceSeconds how long jobs in work may go on when the server ends
   * @throws IOException if the database cannot be opened
   */
  public JobQueue(JobSettings settings, Path folder, Workshop workshop, long patienceSeconds)
      throws IOException {
    this.patienceSeconds = patienceSeconds;
    database = new Database(settings.database(), folder, settings.atOnce() + SPARE_CONNECTIONS);
    store = new JobStore(database, settings);
    length = new QueueLength(store);
    intake = new JobIntake(database, settings);
    bytes = new JobBytes(database);
    execution = new JobExecution(store, bytes, workshop);
    scheduler = scheduler(settings);
    cleanMillis = Math.min(settings.keepResults().toMillis(), CLEAN.toMillis());
  }

  private Scheduler scheduler(JobSettings settings) {
    CustomTask<Void> job =
        Tasks.custom(TASK, Void.class)
            .onFailureReschedule(FixedDelay.of(RETRY))
            .onDeadExecutionRevive()
            .execute((instance, context) -> attempt(instance.getId()));
    return Scheduler.create(database.source(), job)
        .schedulerName(new SchedulerName.Fixed(UUID.randomUUID().toString()))
        .threads(settings.atOnce())
        .executorService(new JobThreads(settings.atOnce(), RETRY.toMillis()))
        .pollingInterval(POLL)
        .heartbeatInterval(settings.heartbeat())
        .missedHeartbeatsLimit(MISSED_HEARTBEATS)
        .shutdownMaxWait(Duration.ofSeconds(patienceSeconds))
        .failureLogging(LogLevel.WARN, false)
        .build();
  }

  private CompletionHandler<Void> attempt(String id) {
    try {
      JobExecution.Verdict verdict = execution.attempt(id);
      return verdict == JobExecution.Verdict.ENDED
          ? (complete, operations) -> operations.remove()
          : (complete, operations) -> operations.reschedule(complete, Instant.now().plus(RETRY));
    } catch (SQLException e) {
      throw new IllegalStateException("the database of the jobs cannot be reached", e);
    }
  }

  private void clean() {
    try {
      store.clean(KEEP_RECORDS);
      wake();
    } catch (SQLException | RuntimeException e) {
      LOG.warn("the queue cannot be tidied up now: {}", e.getMessage());
    }
  }

  /**
   * Makes jobs due that are so far ahead as none is put: they were accepted before the clock was
   * set back, and would wait until it is where it was.
   */
  private void wake() throws SQLException {
    Instant now = Instant.now();
    try (Connection connection = database.source().getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update scheduled_tasks set execution_time = ?, version = version + 1"
                    + " where not picked and execution_time > ?")) {
      update.setTimestamp(1, Timestamp.from(now));
      update.setTimestamp(2, Timestamp.from(now.plus(FAR_AHEAD)));
      update.executeUpdate();
    }
  }

  /** Begins to do jobs, first of all those that were in work when a server died. */
  public void start() throws SQLException {
    if (database.isEmbedded()) {
      // Nobody else can have picked them, so there is no need to wait for missed heartbeats.
      database.execute(
          "update scheduled_tasks set picked = false, picked_by = null, last_heartbeat = null,"
              + " version = version + 1 where picked");
    }
    scheduler.start();
    var unused =
        cleaning.scheduleWithFixedDelay(this::clean, 0, cleanMillis, TimeUnit.MILLISECONDS);
  }

  /** Who sends a job, and how they will know it again. */
  public record Sender(String owner, @Nullable String key) {}

  /**
   * Accepts a job; when this returns, it is on the disk.
   *
   * @param hash what tells this request from others with the same key
   * @return the job, or the earlier one with the same key
   * @throws ProblemException if there is no room, or the key belongs to another request
   */
  public Job accept(Sender sender, String hash, PreparedTask task) throws SQLException {
    Job.Request request =
        new Job.Request(task.request().kind(), task.modelName(), TaskQuery.of(task));
    String id =
        intake.accept(
            new JobIntake.NewJob(sender.owner(), sender.key(), hash, request, task.body()));
    scheduler.triggerCheckForDueExecutions();
    return store.find(id).orElseThrow(JobQueue::unknown);
  }

  /**
   * A job of an owner.
   *
   * @throws ProblemException if there is no such one
   */
  public Job find(String id, String owner) throws SQLException {
    return store.find(id, owner).orElseThrow(JobQueue::unknown);
  }

  private static ProblemException unknown() {
    return new ProblemException(
        ProblemKind.UNKNOWN_JOB,
        "a job is known for a week after its result is gone, found none of this id; check the URL and the key");
  }

  /** Cancels a job that has not ended; of one that succeeded, removes the result. */
  public Job cancel(String id, String owner) throws SQLException {
    Job job = find(id, owner);
    store.cancel(job.id());
    return find(id, owner);
  }

  /** Writes the result of a job that has one. */
  public void copyResult(Job job, OutputStream out) throws SQLException, IOException {
    bytes.copyResult(job, out);
  }

  /** Jobs that wait, of all servers that share the database; empty if it does not tell soon. */
  public Optional<Long> waiting() {
    return length.get();
  }

  /**
   * Finishes what is in work, for a while; puts back the rest; keeps the queue. Jobs can still be
   * asked for.
   */
  public void stop() {
    CompletableFuture<Void> last =
        CompletableFuture.runAsync(
            execution::giveUp,
            CompletableFuture.delayedExecutor(
                Math.max(0, patienceSeconds - LAST_SECONDS), TimeUnit.SECONDS));
    scheduler.stop();
    last.cancel(false);
    cleaning.shutdownNow();
    execution.close();
  }

  /** Closes the database, after {@link #stop}. */
  @Override
  public void close() {
    length.close();
    database.close();
  }
}
