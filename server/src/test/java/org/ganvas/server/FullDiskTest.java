package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ganvas.server.PictureApiTest.assertProblem;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ganvas.server.job.JobSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of pictures and jobs where the disk is full. */
class FullDiskTest {
  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

  /** The database can be read then, but not written to. */
  private static final String FULL =
      "create trigger full before update on scheduled_tasks begin"
          + " insert into tries values (1); select raise(fail, 'database or disk is full'); end";

  private static final JobSettings ONE_AT_ONCE =
      new JobSettings(null, 1, 1000, 1 << 30, Duration.ofDays(1), Duration.ofSeconds(5));

  @TempDir private Path data;

  /** No file can grow beyond a megabyte. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aResultThatHasNoRoomIsNotTheFaultOfTheRequest() throws Exception {
    assumeTrue(Files.isExecutable(PRLIMIT));
    try (ServerProcess server = new ServerProcess(data.toString())) {
      JobClient client = new JobClient(server.port());
      new ProcessBuilder(
              PRLIMIT.toString(), "--pid", Long.toString(server.pid()), "--fsize=" + (1 << 20))
          .start()
          .waitFor();
      for (String format : List.of("png", "tif", "jpg", "webp")) {
        HttpResponse<byte[]> answer =
            upscaled(client, "?quality=100&format=" + format, TestPictures.noise(300, 300));
        assertProblem(answer, 507, "no-room");
        assertThat(TestServer.text(answer)).contains("found no room there; try again later");
      }
      assertThat(upscaled(client, "", TestPictures.png(8, 8)).statusCode()).isEqualTo(200);
    }
  }

  private static HttpResponse<byte[]> upscaled(JobClient client, String query, byte[] picture)
      throws Exception {
    return client.send(
        client.request("/v1/upscale" + query).POST(BodyPublishers.ofByteArray(picture)));
  }

  @Test
  void aServerWithoutAPlaceForResultsSaysSo() throws Exception {
    try (TestServer server = new TestServer(TestServer.settings(data))) {
      Files.delete(data.resolve("scratch"));
      assertProblem(server.post("/v1/upscale", TestPictures.png(8, 8)), 507, "no-room");
    }
  }

  @Test
  void jobsThatCannotBeTakenAreTriedNowAndThenAndDoneInTheEnd() throws Exception {
    try (TestServer server = new TestServer(TestServer.settings(data, ONE_AT_ONCE));
        JobsDatabase database = JobsDatabase.in(data)) {
      database.execute("create table tries (number int)");
      database.execute(FULL);
      JobClient jobs = new JobClient(server.port());
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        ids.add(jobs.accepted("&model=tiny-x2", TestPictures.png(8, 8)));
      }
      int before = tries(database); // to send jobs may have taken long
      Thread.sleep(5000);
      assertThat(tries(database) - before).isBetween(1, 10);
      database.execute("drop trigger full");
      for (String id : ids) {
        JsonObject job = jobs.awaitEnd(id, Duration.ofSeconds(30));
        assertThat(job.get("state").getAsString()).as(job.toString()).isEqualTo("succeeded");
      }
    }
  }

  private static int tries(JobsDatabase database) throws SQLException {
    try (Statement statement = database.connection().createStatement();
        ResultSet row = statement.executeQuery("select count(*) from tries")) {
      return row.getInt(1);
    }
  }
}
