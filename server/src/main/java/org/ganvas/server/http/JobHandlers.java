package org.ganvas.server.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.ganvas.server.job.Job;
import org.ganvas.server.job.JobQueue;
import org.ganvas.server.problem.ProblemException;
import org.ganvas.server.problem.ProblemKind;
import org.ganvas.server.work.PreparedTask;
import org.ganvas.server.work.TaskKind;
import org.ganvas.server.work.TaskParameters;
import org.ganvas.server.work.TaskRequest;
import org.ganvas.server.work.UploadGate;
import org.jspecify.annotations.Nullable;

/** {@code /v1/jobs}: what is done later, and fetched then. */
final class JobHandlers {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

  private final Backend backend;
  private final BodyReader bodies;
  private final int bytesPerSecond;

  /**
   * @param bytesPerSecond how fast results have to be taken
   */
  JobHandlers(Backend backend, BodyReader bodies, int bytesPerSecond) {
    this.backend = backend;
    this.bodies = bodies;
    this.bytesPerSecond = bytesPerSecond;
  }

  @SuppressWarnings("try") // The upload is there to be counted.
  void submit(Context ctx) throws IOException, SQLException {
    backend.workshop().admission().requireOpen();
    Map<String, List<String>> words = new TreeMap<>(ctx.queryParamMap());
    TaskKind kind = kind(words.remove("task"));
    // The answer is JSON, so the header Accept says nothing about the picture.
    TaskRequest request = TaskParameters.parse(kind, words, null);
    JobQueue.Sender sender = new JobQueue.Sender(Clients.owner(ctx), key(ctx));
    try (UploadGate.Upload upload = backend.uploads().open(bodies.expectedLength(ctx))) {
      byte[] body = bodies.read(ctx);
      PreparedTask task = backend.workshop().tasks().prepare(request, body);
      backend.workshop().admission().requireFits(task.footprint());
      Job job = backend.jobs().accept(sender, hash(kind, words, body), task);
      ctx.header("Location", JobJson.path(job));
      ctx.status(202);
      json(ctx, job);
    }
  }

  private static TaskKind kind(@Nullable List<String> task) {
    return (task == null || task.size() != 1
            ? Optional.<TaskKind>empty()
            : TaskKind.labelled(task.get(0)))
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemKind.BAD_REQUEST,
                    "a job has one task, upscale, translate or generate; give ?task="));
  }

  private static @Nullable String key(Context ctx) {
    String key = ctx.header("Idempotency-Key");
    if (key != null && !KEY.matcher(key).matches()) {
      throw new ProblemException(
          ProblemKind.BAD_REQUEST,
          "an idempotency key has 1 to 255 visible ASCII characters, found another");
    }
    return key;
  }

  /** What tells requests apart, however their bodies are packed. */
  private static String hash(TaskKind kind, Map<String, List<String>> words, byte[] picture) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((kind + "\n" + words).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(picture));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  void show(Context ctx) throws SQLException {
    json(ctx, job(ctx));
  }

  void cancel(Context ctx) throws SQLException {
    json(ctx, backend.jobs().cancel(ctx.pathParam("id"), Clients.owner(ctx)));
  }

  @SuppressWarnings("try") // The upload, of nothing, is there to be counted.
  void result(Context ctx) throws SQLException, IOException {
    Job job = job(ctx);
    Job.Result result = job.result();
    if (result == null) {
      throw switch (job.state()) {
        case EXPIRED ->
            new ProblemException(
                ProblemKind.EXPIRED, "the result has been removed; send the picture again");
        default ->
            new ProblemException(
                ProblemKind.NO_RESULT_YET,
                "only a job that succeeded has a result, found it " + job.state().label());
      };
    }
    if (ctx.method().equals(HandlerType.HEAD)) {
      describe(result, ctx);
      return;
    }
    try (UploadGate.Upload upload = backend.uploads().open(0)) {
      describe(result, ctx);
      try (OutputStream out = PacedAnswer.to(ctx, bytesPerSecond)) {
        backend.jobs().copyResult(job, out);
      }
    }
  }

  private static void describe(Job.Result result, Context ctx) {
    ctx.res().setContentType(result.mediaType());
    ctx.res().setContentLengthLong(result.bytes());
  }

  private Job job(Context ctx) throws SQLException {
    return backend.jobs().find(ctx.pathParam("id"), Clients.owner(ctx));
  }

  private static void json(Context ctx, Job job) {
    ctx.contentType("application/json").result(JobJson.write(job));
  }
}
