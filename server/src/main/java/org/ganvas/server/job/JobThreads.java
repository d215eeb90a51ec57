package org.ganvas.server.job;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.ganvas.server.work.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that do jobs. When one has ended, db-scheduler asks for the next at once, also when it
 * could not be taken out of the queue; where the database can be read but not written to, as on a
 * full disk, that would go on without a pause, with a stack trace each time.
 */
final class JobThreads extends ThreadPoolExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(JobThreads.class);

  private final long pauseMillis;

  /**
   * @param pauseMillis how long a thread rests that could not take a job
   */
  JobThreads(int threads, long pauseMillis) {
    super(
        threads,
        threads,
        0,
        TimeUnit.MILLISECONDS,
        new LinkedBlockingQueue<>(),
        new DaemonThreads("job"));
    this.pauseMillis = pauseMillis;
  }

  @Override
  public void execute(Runnable job) {
    super.execute(() -> attempt(job));
  }

  private void attempt(Runnable job) {
    try {
      job.run();
    } catch (RuntimeException e) {
      LOG.warn("a job cannot be taken out of the queue now: {}", e.getMessage());
      pause();
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(pauseMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server ends
    }
  }
}
