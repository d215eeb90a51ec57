package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ganvas.server.PictureApiTest.assertProblem;

import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.ganvas.server.job.JobSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobApiTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration DAY = Duration.ofDays(1);

  private TestServer server;
  private JobClient jobs;

  @BeforeAll
  void start(@TempDir Path data) {
    server = new TestServer(TestServer.settings(data));
    jobs = new JobClient(server.port());
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void aJobIsDoneAndItsResultFetched() throws Exception {
    HttpResponse<byte[]> answer = jobs.submit("&scale=3", TestPictures.jpeg(20, 10));
    assertThat(answer.statusCode()).as(TestServer.text(answer)).isEqualTo(202);
    assertThat(JobClient.json(answer).get("state").getAsString()).isIn("queued", "running");
    String id = JobClient.json(answer).get("id").getAsString();
    assertThat(answer.headers().firstValue("Location")).contains("/v1/jobs/" + id);
    JsonObject job = jobs.awaitEnd(id, PATIENCE);
    assertThat(job.get("state").getAsString()).as(job.toString()).isEqualTo("succeeded");
    assertThat(job.get("model").getAsString()).isEqualTo("tiny-x4");
    assertThat(job.get("percent").getAsInt()).isEqualTo(100);
    assertThat(job.get("error").isJsonNull()).isTrue();
    JsonObject result = job.getAsJsonObject("result");
    assertThat(result.get("width").getAsInt()).isEqualTo(60);
    HttpResponse<byte[]> file = jobs.send(jobs.request(result.get("url").getAsString()));
    assertThat(file.headers().firstValue("Content-Type")).contains("image/jpeg");
    assertThat(file.body()).hasSize(result.get("bytes").getAsInt());
    BufferedImage picture = TestPictures.decoded(file.body());
    assertThat(picture.getHeight()).isEqualTo(30);
  }

  @Test
  void aLargeResultComesBackWhole() throws Exception {
    byte[] picture = TestPictures.png(500, 400);
    String id = jobs.ended("&model=tiny-x4&format=png", picture, PATIENCE);
    byte[] result = jobs.result(id).body();
    assertThat(result).hasSizeGreaterThan(1 << 20);
    assertThat(result).isEqualTo(server.post("/v1/upscale?model=tiny-x4", picture).body());
  }

  @Test
  void progressIsSentAsEventsUntilTheEnd() throws Exception {
    String id = jobs.accepted("", TestPictures.jpeg(800, 800));
    HttpResponse<byte[]> events =
        jobs.send(jobs.request("/v1/jobs/" + id + "/events").header("Accept", "text/event-stream"));
    assertThat(events.headers().firstValue("Content-Type").orElse("")).contains("event-stream");
    String text = TestServer.text(events);
    assertThat(text).contains("data: {\"id\":\"" + id + "\"").contains("\"state\":\"succeeded\"");
    assertProblem(
        jobs.send(jobs.request("/v1/jobs/none/events").header("Accept", "text/event-stream")),
        404,
        "unknown-job");
  }

  @Test
  void aRunningJobIsCanceledWithinFiveSeconds() throws Exception {
    String id = jobs.accepted("&model=tiny-x4", TestPictures.jpeg(3000, 3000));
    jobs.awaitState(id, "running", PATIENCE);
    Thread.sleep(500);
    long start = System.nanoTime();
    HttpResponse<byte[]> answer = jobs.send(jobs.request("/v1/jobs/" + id).DELETE());
    assertThat(JobClient.json(answer).get("state").getAsString()).isEqualTo("canceled");
    while (!server.metric("ganvas_pictures_running").equals("0.0")) {
      assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
      Thread.sleep(50);
    }
    assertThat(jobs.state(id)).isEqualTo("canceled");
    assertProblem(jobs.result(id), 404, "no-result-yet");
  }

  @Test
  void theSameKeyMakesOneJob() throws Exception {
    byte[] picture = TestPictures.png(9, 9);
    String first = jobs.accepted("&scale=2", picture, "Idempotency-Key", "abc");
    String second = jobs.accepted("&scale=2", picture, "Idempotency-Key", "abc");
    assertThat(second).isEqualTo(first);
    assertProblem(jobs.submit("&scale=3", picture, "Idempotency-Key", "abc"), 422, "key-reused");
    assertProblem(
        jobs.submit("&scale=2", TestPictures.png(9, 8), "Idempotency-Key", "abc"),
        422,
        "key-reused");
    assertThat(jobs.accepted("&scale=2", picture, "Idempotency-Key", "def")).isNotEqualTo(first);
  }

  @Test
  void aPictureThatIsDamagedInsideFailsWithAProblem() throws Exception {
    byte[] whole = TestPictures.png(64, 64);
    byte[] broken = whole.clone();
    Arrays.fill(broken, whole.length / 2, whole.length - 100, (byte) 0);
    HttpResponse<byte[]> answer = jobs.submit("", broken);
    if (answer.statusCode() == 202) {
      JsonObject job = jobs.awaitEnd(JobClient.json(answer).get("id").getAsString(), PATIENCE);
      assertThat(job.get("state").getAsString()).isEqualTo("failed");
      assertThat(job.getAsJsonObject("error").get("status").getAsInt()).isEqualTo(422);
    } else {
      assertProblem(answer, 422, "damaged");
    }
  }

  @Test
  void whatIsWrongIsRefusedBeforeItIsAccepted() throws Exception {
    assertProblem(jobs.submit("", new byte[] {1, 2, 3}), 415, "not-a-picture");
    assertProblem(jobs.submit("&model=none", TestPictures.png(4, 4)), 404, "unknown-model");
    assertProblem(jobs.submit("", TestPictures.pngHeader(9000, 9000)), 422, "too-large");
    assertProblem( // a JPEG's side has at most 65,500 pixels
        jobs.submit("&model=tiny-x2&format=jpg", TestPictures.png(40_000, 2)), 422, "too-large");
    assertProblem(
        server.send(
            server.request("/v1/jobs").POST(HttpRequest.BodyPublishers.ofByteArray(new byte[1]))),
        400,
        "bad-request");
  }

  @Test
  void whatCannotBeKeptIsNotAccepted(@TempDir Path other) throws Exception {
    JobSettings few = new JobSettings(null, 1, 1, 1 << 20, DAY, Duration.ofSeconds(5));
    try (TestServer narrow = new TestServer(TestServer.settings(other, few))) {
      JobClient client = new JobClient(narrow.port());
      assertProblem(client.submit("", TestPictures.noise(700, 700)), 503, "busy");
      String running = client.accepted("&model=tiny-x4", TestPictures.jpeg(2000, 2000));
      client.awaitState(running, "running", PATIENCE);
      String waiting = client.accepted("", TestPictures.jpeg(8, 8));
      HttpResponse<byte[]> refused = client.submit("", TestPictures.jpeg(8, 8));
      assertProblem(refused, 503, "busy");
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      client.send(client.request("/v1/jobs/" + running).DELETE());
      assertThat(client.awaitEnd(waiting, PATIENCE).get("state").getAsString())
          .isEqualTo("succeeded");
    }
  }

  @Test
  void aClientMaySayThatItTakesTheJobAsJson() throws Exception {
    byte[] picture = TestPictures.png(4, 4);
    assertThat(jobs.submit("", picture, "Accept", "application/json").statusCode()).isEqualTo(202);
  }

  @Test
  void jobsAreAnsweredForUntilTheServerHasEnded(@TempDir Path data) throws Exception {
    TestServer other = new TestServer(TestServer.settings(data));
    JobClient client = new JobClient(other.port());
    String id = client.ended("", TestPictures.png(5, 5), PATIENCE);
    var slow = other.postAsync("/v1/upscale?model=tiny-x4", TestPictures.jpeg(1500, 1500));
    while (!other.metric("ganvas_pictures_running").equals("1.0")) {
      Thread.sleep(10);
    }
    CompletableFuture<Void> end = CompletableFuture.runAsync(other::close);
    while (other.get("/v2/health/ready").statusCode() == 200) {
      Thread.sleep(10);
    }
    Thread.sleep(300); // the jobs have nothing more to do
    assertThat(client.state(id)).isEqualTo("succeeded");
    assertThat(client.result(id).statusCode()).isEqualTo(200);
    assertProblem(client.submit("", TestPictures.png(5, 5)), 503, "closing");
    assertThat(slow.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    end.get(60, TimeUnit.SECONDS);
  }

  @Test
  void headIsAnsweredAsGetIsButWithoutABody() throws Exception {
    String id = jobs.ended("", TestPictures.png(5, 5), PATIENCE);
    for (String path :
        List.of(
            "/v1/jobs/" + id,
            "/v1/jobs/" + id + "/result",
            "/v1/jobs/none",
            "/v1/jobs/none/result",
            "/v1/jobs/" + id + "/events",
            "/v1/jobs/none/events",
            "/v1/models",
            "/metrics",
            "/v2/health/ready")) {
      HttpRequest.Builder request =
          path.endsWith("/events")
              ? jobs.request(path).header("Accept", "text/event-stream")
              : jobs.request(path);
      HttpResponse<byte[]> get = jobs.send(request);
      HttpResponse<byte[]> head =
          jobs.send(request.method("HEAD", HttpRequest.BodyPublishers.noBody()));
      assertThat(head.statusCode()).as(path).isEqualTo(get.statusCode());
      assertThat(head.body()).isEmpty();
      for (String header : List.of("Content-Type", "Cache-Control")) {
        assertThat(head.headers().firstValue(header))
            .as(path)
            .isEqualTo(get.headers().firstValue(header));
      }
      boolean changes = path.equals("/metrics") || path.endsWith("/events");
      if (get.statusCode() == 200 && !changes) {
        assertThat(head.headers().firstValueAsLong("Content-Length"))
            .as(path)
            .hasValue(get.body().length);
      }
    }
  }

  @Test
  void aDeletedResultIsGone() throws Exception {
    String id = jobs.ended("", TestPictures.png(5, 5), PATIENCE);
    jobs.send(jobs.request("/v1/jobs/" + id).DELETE());
    assertThat(jobs.state(id)).isEqualTo("expired");
    assertProblem(jobs.result(id), 410, "expired");
  }

  @Test
  void resultsExpire(@TempDir Path data) throws Exception {
    JobSettings brief =
        new JobSettings(null, 1, 2, 1 << 20, Duration.ofSeconds(1), Duration.ofSeconds(5));
    try (TestServer other = new TestServer(TestServer.settings(data, brief))) {
      JobClient client = new JobClient(other.port());
      String id = client.ended("", TestPictures.png(5, 5), PATIENCE);
      client.awaitState(id, "expired", Duration.ofSeconds(15));
      assertProblem(client.result(id), 410, "expired");
      assertProblem(client.submit("", Arrays.copyOf(TestPictures.png(5, 5), 2 << 20)), 503, "busy");
    }
  }

  @Test
  void jobsOutliveTheServer(@TempDir Path data) throws Exception {
    String done;
    String waiting = null;
    try (TestServer first = new TestServer(TestServer.settings(data))) {
      JobClient client = new JobClient(first.port());
      done = client.ended("", TestPictures.png(5, 5), PATIENCE);
      for (int i = 0; i < 4; i++) {
        waiting = client.accepted("", TestPictures.jpeg(300, 300));
      }
    }
    try (TestServer second = new TestServer(TestServer.settings(data))) {
      JobClient client = new JobClient(second.port());
      assertThat(client.result(done).statusCode()).isEqualTo(200);
      JsonObject job = client.awaitEnd(waiting, PATIENCE);
      assertThat(job.get("state").getAsString()).isEqualTo("succeeded");
    }
  }
}
