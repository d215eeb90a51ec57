package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobEventsTest {
  @TempDir private Path data;

  @Test
  void whoFollowsAJobWhenTheServerEndsIsLetGo() throws Exception {
    Socket follower;
    try (TestServer server = new TestServer(TestServer.settings(data));
        JobsDatabase database = JobsDatabase.in(data)) {
      database.holdJobs();
      follower = follow(server, new JobClient(server.port()).accepted("", TestPictures.png(8, 8)));
    }
    assertThat(follower.getInputStream().readAllBytes()).isNotNull();
    follower.close();
    Thread.sleep(1_500); // three looks for news
    assertThat(threads("job-events")).isEmpty();
  }

  private static Socket follow(TestServer server, String job) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout(30_000);
    String request =
        "GET /v1/jobs/%s/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
    socket.getOutputStream().write(request.formatted(job).getBytes(StandardCharsets.US_ASCII));
    StringBuilder told = new StringBuilder();
    while (told.indexOf("data:") < 0) {
      int next = socket.getInputStream().read();
      assertThat(next).as(told.toString()).isNotNegative();
      told.append((char) next);
    }
    return socket;
  }

  private static List<String> threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name::equals)
        .toList();
  }
}
