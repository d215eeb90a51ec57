package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Requests that clients with faults of their own send. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OddRequestsTest {
  private TestServer server;

  @BeforeAll
  void start(@TempDir Path data) {
    server = new TestServer(TestServer.settings(data));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void aPictureIsOneWhateverItsTypeIsCalled() throws Exception {
    for (String type :
        new String[] {"text/html; charset=nonsense", "x", "image/png; charset=\"\""}) {
      HttpResponse<byte[]> answer =
          server.send(
              server
                  .request("/v1/upscale?model=tiny-x2")
                  .header("Content-Type", type)
                  .POST(BodyPublishers.ofByteArray(TestPictures.png(8, 8))));
      assertThat(answer.statusCode()).as(type).isEqualTo(200);
    }
  }

  @Test
  void aBodyThatBreaksHttpIsAProblemToo() throws Exception {
    String answer =
        answerTo(
            "POST /v1/upscale HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "zz\r\nno length\r\n0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400").contains("problem+json").contains("bad-request");
  }

  @Test
  void anotherVersionOfHttpIsNoFailureOfTheServer() throws Exception {
    assertThat(answerTo("GET / HTTP/3.0\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 505")
        .contains("bad-request")
        .doesNotContain("server failed");
  }

  @Test
  void aFormOfTooManyPartsIsToldHowManyItMayHave() throws Exception {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      form.append("--b\r\nContent-Disposition: form-data; name=\"p%d\"\r\n\r\n1\r\n".formatted(i));
    }
    HttpResponse<byte[]> answer =
        server.send(
            server
                .request("/v1/upscale")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(form + "--b--\r\n")));
    PictureApiTest.assertProblem(answer, 400, "bad-request");
    assertThat(TestServer.text(answer)).contains("at most 32 parts");
  }

  @Test
  void whoLeavesInTheMiddleOfABodyIsGoneAndBreaksNoRule() throws Exception {
    leave("Content-Length: 100\r\n\r\nhello");
    leave("Transfer-Encoding: chunked\r\n\r\n5\r\nhello");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (logged("/v1/translate").size() < 2 && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    assertThat(logged("/v1/translate"))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("\"status\":499"));
  }

  private void leave(String lengthAndBody) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      String request = "POST /v1/translate HTTP/1.1\r\nHost: localhost\r\n" + lengthAndBody;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private List<String> logged(String path) {
    return server.log().lines().filter(line -> line.contains(path)).toList();
  }

  /** The first bytes of an answer, after which the connection may stay open. */
  private String answerTo(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      StringBuilder answer = new StringBuilder();
      for (int next = 0; next >= 0 && answer.indexOf("}") < 0; ) {
        next = socket.getInputStream().read();
        answer.append((char) next);
      }
      return answer.toString();
    }
  }
}
