package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.ganvas.server.PictureApiTest.assertProblem;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.server.access.Exposure;
import org.ganvas.server.http.Traffic;
import org.ganvas.server.job.JobSettings;
import org.ganvas.server.work.Capacity;
import org.ganvas.server.work.PictureLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits of load, each reached by real requests. */
class LimitsTest {
  private static final Capacity NARROW = new Capacity(1, 1, 512L << 20, 4L << 30, 1L << 30);
  private static final String SLOW = "/v1/upscale?model=tiny-x4&format=jpg";

  @TempDir private Path data;

  private TestServer server(Traffic traffic, Capacity capacity) {
    return new TestServer(
        new ServerSettings(
            TestServer.LOCAL,
            traffic,
            PictureLimits.DEFAULT,
            capacity,
            ComputeChoice.AUTO,
            JobSettings.DEFAULT,
            data));
  }

  @Test
  void aFullQueueRefusesWithinAHundredMilliseconds() throws Exception {
    try (TestServer server = server(Traffic.DEFAULT, NARROW)) {
      server.post("/v1/upscale", TestPictures.png(8, 8)); // the model is open from now on
      byte[] picture = TestPictures.jpeg(1600, 1600);
      List<CompletableFuture<HttpResponse<byte[]>>> accepted = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        accepted.add(server.postAsync(SLOW, picture));
        Thread.sleep(300);
      }
      byte[] small = TestPictures.png(8, 8);
      long quickest = Long.MAX_VALUE;
      for (int i = 0; i < 5; i++) {
        long start = System.nanoTime();
        HttpResponse<byte[]> refused = server.post("/v1/upscale", small);
        quickest = Math.min(quickest, System.nanoTime() - start);
        assertProblem(refused, 503, "busy");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
            .isPositive();
      }
      assertThat(TimeUnit.NANOSECONDS.toMillis(quickest)).isLessThan(100);
      for (CompletableFuture<HttpResponse<byte[]>> answer : accepted) {
        assertThat(answer.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void aRefusedRequestWithoutABodyDoesNotKeepItsConnectionFromTheNext() throws Exception {
    try (TestServer server = server(Traffic.DEFAULT, NARROW)) {
      server.get("/v1/jobs/none"); // classes are loaded from now on
      String request = "GET /v1/jobs/none HTTP/1.1\r\nHost: localhost\r\n\r\n";
      String last = request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
      try (Socket socket = new Socket("127.0.0.1", server.port())) {
        long start = System.nanoTime();
        socket
            .getOutputStream()
            .write((request.repeat(9) + last).getBytes(StandardCharsets.US_ASCII));
        String answers =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(1500);
        assertThat(answers.split("HTTP/1.1 404")).hasSize(11);
      }
    }
  }

  @Test
  void aRequestThatIsGivenUpFreesItsPlaceWithinFiveSeconds() throws Exception {
    try (TestServer server = server(Traffic.DEFAULT, NARROW)) {
      server.post("/v1/upscale", TestPictures.png(8, 8));
      byte[] picture = TestPictures.jpeg(3000, 3000);
      try (Socket working = send(server, SLOW, picture);
          Socket waiting = send(server, SLOW, picture)) {
        assertThat(awaitMetric(server, "ganvas_pictures_running", "1.0")).isTrue();
        assertThat(awaitMetric(server, "ganvas_pictures_waiting", "1.0")).isTrue();
        // Somebody who has begun to send the next request may leave as well.
        for (Socket client : List.of(working, waiting)) {
          client.getOutputStream().write("GET /v2".getBytes(StandardCharsets.US_ASCII));
        }
        Thread.sleep(1500); // until the server has read it
      }
      long start = System.nanoTime();
      assertThat(awaitMetric(server, "ganvas_pictures_running", "0.0")).isTrue();
      assertThat(awaitMetric(server, "ganvas_pictures_waiting", "0.0")).isTrue();
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(5000);
    }
  }

  @Test
  void requestsThatAreSentAheadAreAnsweredAfterALongOne() throws Exception {
    try (TestServer server = server(Traffic.DEFAULT, Capacity.ofThisMachine())) {
      try (Socket socket = send(server, SLOW, TestPictures.jpeg(1500, 1500))) {
        String next = "GET /v2/health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        for (String part : List.of(next.substring(0, 20), next.substring(20))) {
          socket.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
          Thread.sleep(700); // so that the server reads each for itself
        }
        String answers =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(answers).startsWith("HTTP/1.1 200").contains("image/jpeg").endsWith("live\"}");
      }
    }
  }

  @Test
  void anAnswerMayTakeLongerThanAConnectionMayBeSilent() throws Exception {
    Traffic hasty = new Traffic(1000, 1000, 10, 4096, 1, 100);
    try (TestServer server = server(hasty, NARROW)) {
      long start = System.nanoTime();
      List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        answers.add(server.postAsync(SLOW, TestPictures.jpeg(2000, 2000)));
      }
      for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
        assertThat(answer.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      }
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isGreaterThan(1);
    }
  }

  @Test
  void aClientThatSendsTooOftenHasToWait() throws Exception {
    Traffic slow = new Traffic(60, 3, 10, 4096, 15, 100);
    try (TestServer server = server(slow, Capacity.ofThisMachine())) {
      for (int i = 0; i < 3; i++) {
        assertThat(server.get("/v1/models").statusCode()).isEqualTo(200);
      }
      HttpResponse<byte[]> refused = server.get("/v1/models");
      assertProblem(refused, 429, "too-many-requests");
      assertThat(refused.headers().firstValue("Retry-After")).contains("1");
      assertThat(server.get("/v2/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void addressesOfOneNetworkAreOneClientHoweverTheyAreWritten() throws Exception {
    try (TestServer server = behindProxy()) {
      assertThat(from(server, "2001:db8::a:0:0:1").statusCode()).isEqualTo(200);
      assertProblem(from(server, "2001:db8::b:0:0:2"), 429, "too-many-requests");
      assertThat(from(server, "2001:db8:0:1::1").statusCode()).isEqualTo(200);
      assertProblem(from(server, "[2001:db8:0:1:2:3:4:5]:443"), 429, "too-many-requests");
    }
  }

  @Test
  void theLastAddressIsTheClientsInWhicheverLineAndWithWhicheverPortItStands() throws Exception {
    try (TestServer server = behindProxy()) {
      assertThat(from(server, "20.1.2.3:5555").statusCode()).isEqualTo(200);
      assertProblem(from(server, "20.1.2.3"), 429, "too-many-requests");
      assertProblem(from(server, "10.0.0.1, 20.1.2.3:5556"), 429, "too-many-requests");
      // Some proxies add a line of their own below the client's.
      assertProblem(from(server, "10.0.0.2", "20.1.2.3"), 429, "too-many-requests");
      assertThat(from(server, "20.1.2.3", "10.0.0.3").statusCode()).isEqualTo(200);
    }
  }

  /** A server that takes a single request of each client. */
  private TestServer behindProxy() {
    ServerSettings usual = TestServer.settings(data);
    return new TestServer(
        new ServerSettings(
            new Exposure("127.0.0.1", 0, null, false, List.of(), true),
            new Traffic(1, 1, 10, 4096, 15, 100),
            usual.pictures(),
            usual.capacity(),
            usual.compute(),
            usual.jobs(),
            data));
  }

  private static HttpResponse<byte[]> from(TestServer server, String... lines) throws Exception {
    HttpRequest.Builder request = server.request("/v1/models");
    for (String line : lines) {
      request.header("X-Forwarded-For", line);
    }
    return server.send(request);
  }

  @Test
  void aPictureThatNeedsMoreMemoryThanThereIsIsRefused() throws Exception {
    Capacity tiny = new Capacity(2, 2, 100L << 20, 1L << 30, 1L << 30);
    try (TestServer server = server(Traffic.DEFAULT, tiny)) {
      HttpResponse<byte[]> answer =
          server.post("/v1/upscale?tile=off", TestPictures.pngHeader(2000, 2000));
      assertProblem(answer, 422, "too-large");
      assertThat(TestServer.text(answer)).contains("75 MB of the heap");
      // A WebP is held whole while it is written; a PNG is not.
      byte[] photo = TestPictures.jpeg(1000, 1000);
      String smallTiles = "/v1/upscale?model=tiny-x4&tile=64&format=";
      HttpResponse<byte[]> whole = server.post(smallTiles + "webp", photo);
      assertProblem(whole, 422, "too-large");
      assertThat(server.post(smallTiles + "png", photo).statusCode()).isEqualTo(200);
      // What counts is what the network gets, not what comes in.
      assertProblem(
          server.post("/v1/translate?model=tiny-paint&fit=4096", TestPictures.png(16, 16)),
          422,
          "too-large");
    }
  }

  @Test
  void lessThanNoMemoryIsRefusedWhenTheServerStarts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Capacity(1, 1, 512L << 20, -1, 1L << 30))
        .withMessageContaining("--native-memory")
        .withMessageContaining("-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Capacity(1, 1, 512L << 20, 1L << 30, -1))
        .withMessageContaining("--model-memory");
  }

  @Test
  void aWebpThatCouldNotBeGivenUpInTimeIsRefused() throws Exception {
    try (TestServer server = server(Traffic.DEFAULT, Capacity.ofThisMachine())) {
      byte[] photo = TestPictures.pngHeader(1300, 1300); // 27 megapixels come out
      HttpResponse<byte[]> answer = server.post("/v1/upscale?model=tiny-x4&format=webp", photo);
      assertProblem(answer, 422, "too-large");
      assertThat(TestServer.text(answer)).contains("25,000,000").contains("5200x5200");
      byte[] transparent = TestPictures.pngHeader(900, 900, 6); // 13 megapixels
      assertProblem(
          server.post("/v1/upscale?model=tiny-x4&format=webp", transparent), 422, "too-large");
    }
  }

  @Test
  void aLongerSideThanUsualIsReadIfTheOperatorAllowsIt() throws Exception {
    PictureLimits wide = new PictureLimits(32L << 20, 50_000_000, 100_000, 400_000_000, 25_000_000);
    ServerSettings usual = TestServer.settings(data);
    try (TestServer server =
        new TestServer(
            new ServerSettings(
                usual.exposure(),
                usual.traffic(),
                wide,
                usual.capacity(),
                usual.compute(),
                usual.jobs(),
                data))) {
      HttpResponse<byte[]> answer =
          server.post("/v1/upscale?model=tiny-x2", TestPictures.png(70_000, 2));
      assertThat(answer.statusCode()).as(TestServer.text(answer)).isEqualTo(200);
    }
  }

  @Test
  void aRequestThatBreaksHttpIsAProblemToo() throws Exception {
    try (TestServer server = server(Traffic.DEFAULT, NARROW)) {
      for (String request :
          new String[] {
            "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(20_000) + "\r\n\r\n",
            "GET /v1/..%2f..%2fetc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
          }) {
        assertThat(server.answerTo(request))
            .startsWith("HTTP/1.1 4")
            .contains("urn:ganvas:problem:")
            .doesNotContain("\tat ")
            .doesNotContain("Jetty");
      }
    }
  }

  private static Socket send(TestServer server, String path, byte[] body) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    OutputStream out = socket.getOutputStream();
    out.write(TestServer.head(path, body.length));
    out.write(body);
    out.flush();
    return socket;
  }

  private static boolean awaitMetric(TestServer server, String name, String value)
      throws Exception {
    for (int i = 0; i < 200; i++) {
      if (server.metric(name).equals(value)) {
        return true;
      }
      Thread.sleep(50);
    }
    return false;
  }
}
