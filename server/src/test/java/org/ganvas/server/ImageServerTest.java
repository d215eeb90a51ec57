package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Path;
import java.util.List;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.server.access.Exposure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageServerTest {
  @TempDir private Path data;

  @Test
  void aPortThatIsTakenIsNamedTogetherWithTheWayToAnotherOne() {
    try (TestServer first = new TestServer(TestServer.settings(data.resolve("first")))) {
      Exposure same = new Exposure("127.0.0.1", first.port(), null, false, List.of(), false);
      assertThatIOException()
          .isThrownBy(
              () ->
                  ImageServer.start(
                      TestServer.settings(data.resolve("second"), same),
                      new ModelCatalogue(List.of(TestServer.MODELS)),
                      System.out))
          .withMessageContaining("http://127.0.0.1:" + first.port())
          .withMessageContaining("--port");
    }
  }
}
