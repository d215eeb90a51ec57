package org.ganvas.server.http;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.ganvas.server.job.Job;
import org.jspecify.annotations.Nullable;

/** A job as the API shows it. */
final class JobJson {
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private JobJson() {}

  static String path(Job job) {
    return "/v1/jobs/" + job.id();
  }

  static String write(Job job) {
    JsonObject json = new JsonObject();
    json.addProperty("id", job.id());
    json.addProperty("task", job.request().kind().label());
    json.addProperty("model", job.request().model());
    json.addProperty("state", job.state().label());
    json.addProperty("percent", job.progress().percent());
    json.addProperty("secondsLeft", job.progress().secondsLeft());
    json.addProperty("created", time(job.times().created()));
    json.addProperty("started", time(job.times().started()));
    json.addProperty("ended", time(job.times().ended()));
    json.add("error", job.error() == null ? null : job.error().toJson(null));
    json.add("result", job.result() == null ? null : result(job, job.result()));
    return GSON.toJson(json);
  }

  private static JsonObject result(Job job, Job.Result result) {
    JsonObject json = new JsonObject();
    json.addProperty("url", path(job) + "/result");
    json.addProperty("type", result.mediaType());
    json.addProperty("width", result.width());
    json.addProperty("height", result.height());
    json.addProperty("bytes", result.bytes());
    return json;
  }

  private static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
