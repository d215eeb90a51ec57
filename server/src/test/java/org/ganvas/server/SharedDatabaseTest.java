package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ganvas.server.PictureApiTest.assertProblem;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ganvas.server.job.JobSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedDatabaseTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void aServerSaysSoonThatItsDatabaseIsAway() throws Exception {
    PostgresServer database = database();
    JobSettings jobs =
        new JobSettings(
            database.url(), 1, 1000, 1 << 30, Duration.ofDays(1), Duration.ofSeconds(5));
    try (TestServer server = new TestServer(TestServer.settings(folder, jobs))) {
      assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
      database.close();
      long start = System.nanoTime();
      HttpResponse<byte[]> answer = server.get("/v2/health/ready");
      assertProblem(answer, 503, "closing");
      assertThat(TestServer.text(answer)).contains("cannot reach its database");
      assertThat(server.metric("ganvas_jobs_queued")).isEqualTo("-1.0");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }
  }

  @Test
  void whenOneOfTwoServersIsKilledTheOtherDoesItsJobs() throws Exception {
    String left = Files.createDirectory(folder.resolve("left")).toString();
    String right = Files.createDirectory(folder.resolve("right")).toString();
    try (PostgresServer database = database();
        ServerProcess first = new ServerProcess(left, database.url());
        ServerProcess second = new ServerProcess(right, database.url())) {
      JobClient toFirst = new JobClient(first.port());
      JobClient toSecond = new JobClient(second.port());
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        ids.add(toFirst.accepted("", TestPictures.jpeg(900, 900)));
        ids.add(toSecond.accepted("", TestPictures.jpeg(900, 900)));
      }
      awaitRunning(toSecond, ids, 2); // one on each server
      first.kill();
      for (String id : ids) {
        JsonObject job = toSecond.awaitEnd(id, PATIENCE);
        assertThat(job.get("state").getAsString()).as(job.toString()).isEqualTo("succeeded");
        assertThat(TestPictures.decoded(toSecond.result(id).body()).getWidth()).isEqualTo(3600);
      }
    }
  }

  private static PostgresServer database() throws Exception {
    Optional<Path> programs = PostgresServer.programs();
    assumeTrue(
        programs.isPresent(),
        "this test needs PostgreSQL's programs initdb and postgres, found none;"
            + " apt-get install postgresql");
    return PostgresServer.start(programs.get());
  }

  private static void awaitRunning(JobClient client, List<String> ids, int count) throws Exception {
    for (int i = 0; i < 300; i++) {
      int running = 0;
      for (String id : ids) {
        running += client.state(id).equals("running") ? 1 : 0;
      }
      if (running >= count) {
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError("two servers must work at once");
  }
}
