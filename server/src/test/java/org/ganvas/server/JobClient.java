package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/** Sends jobs to a server and follows them. */
final class JobClient {
  private static final Set<String> ENDS = Set.of("succeeded", "failed", "canceled", "expired");

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String base;

  JobClient(int port) {
    this.base = "http://127.0.0.1:" + port;
  }

  HttpResponse<byte[]> submit(String query, byte[] picture, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request("/v1/jobs?task=upscale" + query).POST(BodyPublishers.ofByteArray(picture));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  /** Sends a job that is accepted, and gives its id. */
  String accepted(String query, byte[] picture, String... headers)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = submit(query, picture, headers);
    assertThat(answer.statusCode()).as(TestServer.text(answer)).isEqualTo(202);
    String location = answer.headers().firstValue("Location").orElseThrow();
    return location.substring("/v1/jobs/".length());
  }

  /** Sends a job that is accepted, waits for its end, and gives its id. */
  String ended(String query, byte[] picture, Duration patience)
      throws IOException, InterruptedException {
    String id = accepted(query, picture);
    awaitEnd(id, patience);
    return id;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** The sum of a figure over all its labels that begin so. */
  double metric(String beginning) throws IOException, InterruptedException {
    return TestServer.text(send(request("/metrics")))
        .lines()
        .filter(line -> line.startsWith(beginning))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  JsonObject job(String id) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send(request("/v1/jobs/" + id));
    assertThat(answer.statusCode()).as(TestServer.text(answer)).isEqualTo(200);
    return json(answer);
  }

  String state(String id) throws IOException, InterruptedException {
    return job(id).get("state").getAsString();
  }

  static boolean hasEnded(String state) {
    return ENDS.contains(state);
  }

  HttpResponse<byte[]> result(String id) throws IOException, InterruptedException {
    return send(request("/v1/jobs/" + id + "/result"));
  }

  JsonObject awaitEnd(String id, Duration patience) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      JsonObject job = job(id);
      if (hasEnded(job.get("state").getAsString())) {
        return job;
      }
      Thread.sleep(50);
    }
    return fail("job %s has not ended in %s: %s", id, patience, job(id));
  }

  void awaitState(String id, String state, Duration patience)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!state(id).equals(state)) {
      assertThat(System.nanoTime()).as("still %s", state(id)).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  static JsonObject json(HttpResponse<byte[]> answer) {
    return JsonParser.parseString(new String(answer.body(), StandardCharsets.UTF_8))
        .getAsJsonObject();
  }
}
