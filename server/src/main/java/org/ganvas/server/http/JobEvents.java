package org.ganvas.server.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.sse.SseClient;
import io.javalin.http.sse.SseHandler;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ganvas.server.job.Job;
import org.ganvas.server.job.JobQueue;
import org.ganvas.server.problem.ProblemException;
import org.ganvas.server.problem.ProblemKind;
import org.ganvas.server.work.DaemonThreads;

/**
 * {@code GET /v1/jobs/{id}/events}: a job as server-sent events. The database is asked for news,
 * since another server may be the one that does the job.
 */
final class JobEvents implements Handler {
  private static final String EVENTS = "text/event-stream";
  private static final int MOST_STREAMS = 200;
  private static final int RETRY_SECONDS = 10;
  private static final long LOOK_MILLIS = 500;
  private static final long PATIENCE_SECONDS = 5;

  /** So many looks without news, and a comment shows that the stream lives. */
  private static final int QUIET_LOOKS = 10;

  private final JobQueue jobs;
  private final AtomicInteger streams = new AtomicInteger();
  private final ScheduledExecutorService looks =
      Executors.newScheduledThreadPool(2, new DaemonThreads("job-events"));

  JobEvents(JobQueue jobs) {
    this.jobs = jobs;
  }

  @Override
  public void handle(Context ctx) throws Exception {
    String accept = ctx.header("Accept");
    if (accept == null || !accept.contains(EVENTS)) {
      throw new ProblemException(
          ProblemKind.NOT_ACCEPTABLE,
          "events are sent as text/event-stream; send the header Accept: text/event-stream");
    }
    String owner = Clients.owner(ctx);
    Job job = jobs.find(ctx.pathParam("id"), owner);
    if (ctx.method().equals(HandlerType.HEAD)) {
      ctx.contentType(EVENTS + ";charset=utf-8"); // nothing is told to who wants no body
      return;
    }
    // Counted is who follows: a client that is gone before that would be counted for good. So
    // those who ask at the same moment may become a few more.
    if (streams.get() >= MOST_STREAMS) {
      throw ProblemException.retryLater(
          ProblemKind.BUSY,
          "%d clients can follow jobs at once, found that many; ask for the job now and then"
              .formatted(MOST_STREAMS),
          RETRY_SECONDS);
    }
    new SseHandler(client -> follow(client, new Stream(client, job.id(), owner))).handle(ctx);
  }

  /**
   * Looks no further. To be called before the server lets go of its requests: what is then sent to
   * one, or closed, Javalin takes for an error to be answered, again and again.
   */
  void end() {
    looks.shutdownNow();
    try {
      var unused = looks.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(SseClient client, Stream stream) {
    client.keepAlive();
    streams.incrementAndGet();
    client.onClose(streams::decrementAndGet);
    looks.execute(stream::look);
  }

  /** One client that follows one job. */
  private final class Stream {
    private final SseClient client;
    private final String id;
    private final String owner;
    private String told = "";
    private int quiet;

    Stream(SseClient client, String id, String owner) {
      this.client = client;
      this.id = id;
      this.owner = owner;
    }

    private void look() {
      try {
        tell(jobs.find(id, owner));
      } catch (SQLException | RuntimeException e) {
        if (!looks.isShutdown()) {
          client.close(); // the client asks again, and is told why
        }
      }
      if (!client.terminated() && !looks.isShutdown()) {
        var unused = looks.schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
    }

    private void tell(Job job) {
      String news = JobJson.write(job);
      if (!news.equals(told)) {
        told = news;
        quiet = 0;
        client.sendEvent("message", news);
      } else if (++quiet % QUIET_LOOKS == 0) {
        client.sendComment("still here");
      }
      if (job.state().hasEnded()) {
        client.close();
      }
    }
  }
}
