package org.ganvas.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

class PacedAnswerTest {
  /** As large as the parts that results of jobs are written in. */
  private static final int PART_BYTES = 1 << 19;

  private static final int LEAST_BYTES_PER_SECOND = 4096;

  @Test
  void aClientThatIsFastEnoughGetsAPartThatTakesItLongerThanTheFirstSeconds() throws Exception {
    Javalin server = start();
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      long start = System.nanoTime();
      long read = 0;
      while (TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) < 8) {
        read += in.readNBytes(LEAST_BYTES_PER_SECOND).length; // ten times as fast as it has to be
        Thread.sleep(100);
      }
      assertThat(read).isLessThan(PART_BYTES);
      assertThat(read + in.readAllBytes().length).isGreaterThan(PART_BYTES);
    } finally {
      server.stop();
    }
  }

  /** Answers with one part, and has little room between itself and the client. */
  private static Javalin start() {
    return Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.jetty.addConnector(
                  (server, http) -> {
                    ServerConnector connector =
                        new ServerConnector(server, new HttpConnectionFactory(http));
                    connector.setHost("127.0.0.1");
                    connector.setAcceptedSendBufferSize(4096);
                    return connector;
                  });
              config.routes.get(
                  "/",
                  ctx -> {
                    try (OutputStream out = PacedAnswer.to(ctx, LEAST_BYTES_PER_SECOND)) {
                      out.write(new byte[PART_BYTES]);
                    }
                  });
            })
        .start();
  }
}
