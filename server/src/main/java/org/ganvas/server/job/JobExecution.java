package org.ganvas.server.job;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.ganvas.server.problem.Problem;
import org.ganvas.server.problem.Problems;
import org.ganvas.server.work.Admission;
import org.ganvas.server.work.DaemonThreads;
import org.ganvas.server.work.PreparedTask;
import org.ganvas.server.work.ResultSize;
import org.ganvas.server.work.ScratchFile;
import org.ganvas.server.work.TaskQuery;
import org.ganvas.server.work.Workshop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does jobs, one attempt at a time. */
final class JobExecution implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobExecution.class);
  private static final long TICK_MILLIS = 500;

  private final JobStore store;
  private final JobBytes bytes;
  private final Workshop workshop;
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("job-progress"));
  private volatile boolean givingUp;

  JobExecution(JobStore store, JobBytes bytes, Workshop workshop) {
    this.store = store;
    this.bytes = bytes;
    this.workshop = workshop;
  }

  /** What is to become of the job's place in the queue. */
  enum Verdict {
    ENDED,
    AGAIN
  }

  /**
   * Makes an attempt at a job.
   *
   * @throws SQLException if the database cannot be reached; the attempt counts
   */
  Verdict attempt(String id) throws SQLException {
    Optional<Job> begun = store.begin(id);
    return begun.isPresent() ? attempt(begun.get()) : Verdict.ENDED;
  }

  private Verdict attempt(Job job) throws SQLException {
    JobProgress progress = new JobProgress(() -> givingUp);
    ScheduledFuture<?> tick =
        ticks.scheduleWithFixedDelay(
            () -> note(job, progress), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    try {
      compute(job, progress);
      return Verdict.ENDED;
    } catch (CancellationException e) {
      if (givingUp) {
        store.requeue(job, false);
        return Verdict.AGAIN;
      }
      return Verdict.ENDED; // the client canceled it, or another server has taken it over
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      return failed(job, e);
    } finally {
      tick.cancel(false);
    }
  }

  private void compute(Job job, JobProgress progress) throws IOException, SQLException {
    PreparedTask task =
        workshop
            .tasks()
            .prepare(
                TaskQuery.parse(job.request().kind(), job.request().query()),
                bytes.input(job.id()));
    try (ScratchFile file = ScratchFile.in(workshop.scratch())) {
      ResultSize size;
      try (Admission.Place place = workshop.admission().enterJob()) {
        place.begin(task.footprint(), progress::cancelled);
        size = workshop.tasks().run(task, progress, file.path());
      }
      Job.Result result =
          new Job.Result(task.format().mediaType(), size.width(), size.height(), file.size());
      try (InputStream in = file.input()) {
        store.succeed(job, result, in);
      }
    }
  }

  private Verdict failed(Job job, Throwable failure) throws SQLException {
    Problem problem = Problems.of(failure);
    if (problem.kind().status() >= 500) {
      LOG.error("attempt {} at job {} failed", job.attempts(), job.id(), failure);
    }
    if (problem.kind().status() >= 500 && job.attempts() < JobStore.MOST_ATTEMPTS) {
      store.requeue(job, true);
      return Verdict.AGAIN;
    }
    store.fail(job, problem);
    return Verdict.ENDED;
  }

  private void note(Job job, JobProgress progress) {
    try {
      if (!store.advanced(job, progress.now())) {
        progress.stop();
      }
    } catch (SQLException e) {
      LOG.warn("the progress of job {} cannot be noted: {}", job.id(), e.getMessage());
    }
  }

  /** Ends what is in work; it goes back into the queue. */
  void giveUp() {
    givingUp = true;
  }

  @Override
  public void close() {
    ticks.shutdownNow();
  }
}
