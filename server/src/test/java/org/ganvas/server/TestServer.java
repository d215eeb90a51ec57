package org.ganvas.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.server.access.Exposure;
import org.ganvas.server.http.Traffic;
import org.ganvas.server.job.JobSettings;
import org.ganvas.server.work.Capacity;
import org.ganvas.server.work.PictureLimits;

/** A real server on a free port, and a client for it. */
final class TestServer implements AutoCloseable {
  static final Exposure LOCAL = new Exposure("127.0.0.1", 0, null, false, List.of(), false);
  static final Path MODELS = Path.of("../inference/src/test/resources/models");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final ImageServer server;

  TestServer(ServerSettings settings) {
    try {
      server =
          ImageServer.start(
              settings, new ModelCatalogue(List.of(MODELS)), new PrintStream(log, true));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ServerSettings settings(Path data) {
    return settings(data, JobSettings.DEFAULT);
  }

  static ServerSettings settings(Path data, JobSettings jobs) {
    return settings(data, jobs, LOCAL);
  }

  static ServerSettings settings(Path data, Exposure exposure) {
    return settings(data, JobSettings.DEFAULT, exposure);
  }

  private static ServerSettings settings(Path data, JobSettings jobs, Exposure exposure) {
    return new ServerSettings(
        exposure,
        Traffic.DEFAULT,
        PictureLimits.DEFAULT,
        Capacity.ofThisMachine(),
        ComputeChoice.AUTO,
        jobs,
        data);
  }

  ImageServer server() {
    return server;
  }

  int port() {
    return server.port();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  HttpResponse<byte[]> post(String path, byte[] body) throws IOException, InterruptedException {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  CompletableFuture<HttpResponse<byte[]>> postAsync(String path, byte[] body) {
    return client.sendAsync(
        request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
        BodyHandlers.ofByteArray());
  }

  /** The value of a figure without labels. */
  String metric(String name) throws IOException, InterruptedException {
    return text(get("/metrics"))
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  /** Everything that is answered to a request in its raw form, after which nothing else comes. */
  String answerTo(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The beginning of a request, for those who speak to a socket. */
  static byte[] head(String path, int length) {
    return "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
        .formatted(path, length)
        .getBytes(StandardCharsets.US_ASCII);
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
  }
}
