package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ganvas.server.PictureApiTest.assertProblem;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.server.http.Traffic;
import org.ganvas.server.job.JobSettings;
import org.ganvas.server.work.Capacity;
import org.ganvas.server.work.PictureLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that send or take bytes slowly, or not at all. */
class SlowClientsTest {
  private static final Capacity NARROW = new Capacity(1, 1, 512L << 20, 4L << 30, 1L << 30);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LARGE_ANSWER = "/v1/upscale?model=tiny-x4&format=png";

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
  void aSilentUploadIsCutOff() throws Exception {
    Traffic hasty = new Traffic(1000, 1000, 10, 4096, 1, 100);
    try (TestServer server = server(hasty, NARROW)) {
      long start = System.nanoTime();
      try (Socket socket = new Socket("127.0.0.1", server.port())) {
        OutputStream out = socket.getOutputStream();
        out.write(TestServer.head("/v1/upscale", 1000));
        out.write(new byte[10]);
        out.flush();
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 408").contains("too-slow");
      }
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(5);
    }
  }

  @Test
  void anUploadOfAFewBytesASecondIsCutOff() throws Exception {
    Traffic strict = new Traffic(1000, 1000, 10, 100_000, 15, 100);
    try (TestServer server = server(strict, NARROW);
        Socket socket = new Socket("127.0.0.1", server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(TestServer.head("/v1/upscale", 1_000_000));
      InputStream in = socket.getInputStream();
      int sent = 0;
      while (in.available() == 0) {
        out.write(new byte[1000]);
        out.flush();
        sent++;
        assertThat(sent).isLessThan(100);
        Thread.sleep(100);
      }
      String answer = new String(in.readNBytes(20), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 408");
    }
  }

  @Test
  void aClientThatLeavesWhileItIsAnsweredIsNoFailureOfTheServer() throws Exception {
    try (TestServer server = server(Traffic.DEFAULT, Capacity.ofThisMachine())) {
      try (Socket socket = new Socket()) {
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
        byte[] picture = TestPictures.noise(700, 700);
        OutputStream out = socket.getOutputStream();
        out.write(TestServer.head("/v1/upscale?model=tiny-x4&format=png", picture.length));
        out.write(picture);
        out.flush();
        assertThat(socket.getInputStream().readNBytes(15)).asString().startsWith("HTTP/1.1 200");
      }
      for (int i = 0; i < 200 && !server.log().contains("/v1/upscale"); i++) {
        Thread.sleep(50);
      }
      assertThat(server.log()).contains("/v1/upscale");
      assertThat(TestServer.text(server.get("/metrics"))).doesNotContain("problem:failed");
    }
  }

  @Test
  void aClientThatDoesNotTakeItsAnswerKeepsNobodyWaitingAndIsCutOff() throws Exception {
    Traffic hurried = new Traffic(1000, 1000, 2, 20_000_000, 60, 100);
    try (TestServer server = server(hurried, NARROW);
        Socket slow = askForALargeAnswer(server)) {
      long start = System.nanoTime();
      for (int i = 0; i < 3; i++) {
        byte[] small = TestPictures.png(8, 8);
        assertThat(server.post("/v1/upscale?model=tiny-x2", small).statusCode()).isEqualTo(200);
      }
      assertThat(server.metric("ganvas_pictures_running")).isEqualTo("0.0");
      assertThat(server.log()).doesNotContain("\"id\":\"slow-client\"");
      long seconds = 0;
      while (!server.log().contains("\"id\":\"slow-client\"") && seconds < 30) {
        Thread.sleep(50);
        seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
      }
      assertThat(seconds).isBetween(3L, 20L);
      assertThat(bytesThatStillCome(slow)).isLessThan(10_000_000);
    }
  }

  @Test
  void clientsThatLeaveTheEventsOfAJobAtOnceTakeNoPlaces() throws Exception {
    Traffic busy = new Traffic(100_000, 100_000, 64, 4096, 15, 1000);
    try (TestServer server = server(busy, Capacity.ofThisMachine())) {
      JobClient jobs = new JobClient(server.port());
      String id = jobs.ended("", TestPictures.png(5, 5), PATIENCE);
      String events = "/v1/jobs/" + id + "/events";
      for (int i = 0; i < 4; i++) {
        askAndLeave(server, get(events));
      }
      int status = 0;
      for (int i = 0; i < 100 && status != 200; i++) {
        Thread.sleep(50);
        status = jobs.send(jobs.request(events).header("Accept", "text/event-stream")).statusCode();
      }
      assertThat(status).isEqualTo(200);
    }
  }

  /** A hundred at once, so that many are gone before the server gets to answer them. */
  private static void askAndLeave(TestServer server, byte[] request) throws Exception {
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Socket client = new Socket("127.0.0.1", server.port());
      client.setSoLinger(true, 0); // it is reset when it is closed
      clients.add(client);
    }
    Thread.sleep(100); // the server has accepted them
    for (Socket client : clients) {
      client.getOutputStream().write(request);
    }
    for (Socket client : clients) {
      client.close();
    }
    Thread.sleep(700);
  }

  private static byte[] get(String path) {
    return "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream, image/*\r\n\r\n"
        .formatted(path)
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void resultsOfJobsThatAreBeingTakenCountAsUploadsDo() throws Exception {
    Traffic few = new Traffic(1000, 1000, 2, 4096, 60, 100);
    try (TestServer server = server(few, Capacity.ofThisMachine())) {
      JobClient jobs = new JobClient(server.port());
      String id = jobs.ended("&model=tiny-x4&format=png", TestPictures.noise(900, 900), PATIENCE);
      try (Socket first = askSlowly(server, get("/v1/jobs/" + id + "/result"));
          Socket second = askSlowly(server, get("/v1/jobs/" + id + "/result"))) {
        assertThat(first.isConnected() && second.isConnected()).isTrue();
        HttpResponse<byte[]> refused = jobs.result(id);
        assertThat(refused.statusCode()).isEqualTo(503); // rather than a failure with the picture
        assertProblem(refused, 503, "busy");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(jobs.state(id)).isEqualTo("succeeded");
      }
      int status = 503;
      for (int i = 0; i < 100 && status == 503; i++) {
        Thread.sleep(100);
        status = jobs.result(id).statusCode();
      }
      assertThat(status).isEqualTo(200);
    }
  }

  private static Socket askForALargeAnswer(TestServer server) throws IOException {
    byte[] picture = TestPictures.noise(900, 900);
    String head =
        new String(TestServer.head(LARGE_ANSWER, picture.length), StandardCharsets.US_ASCII);
    byte[] named =
        head.replace("\r\n\r\n", "\r\nX-Request-Id: slow-client\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] request = Arrays.copyOf(named, named.length + picture.length);
    System.arraycopy(picture, 0, request, named.length, picture.length);
    return askSlowly(server, request);
  }

  /** Reads the status, and nothing after that. */
  private static Socket askSlowly(TestServer server, byte[] request) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
    OutputStream out = socket.getOutputStream();
    out.write(request);
    out.flush();
    assertThat(socket.getInputStream().readNBytes(15)).asString().startsWith("HTTP/1.1 200");
    return socket;
  }

  private static long bytesThatStillCome(Socket socket) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long count = 0;
    try (InputStream in = socket.getInputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        count += n;
      }
    } catch (IOException e) {
      // Closed by the server in the middle, as it should be.
    }
    return count;
  }
}
