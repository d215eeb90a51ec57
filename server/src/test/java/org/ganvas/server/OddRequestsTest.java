package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
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
}
