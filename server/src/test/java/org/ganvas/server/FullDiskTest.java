package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ganvas.server.job.JobSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of jobs while the database can be read but not written to, as on a full disk. */
class FullDiskTest {
  private static final String FULL =
      "create trigger full before update on scheduled_tasks begin"
          + " insert into tries values (1); select raise(fail, 'database or disk is full'); end";

  private static final JobSettings ONE_AT_ONCE =
      new JobSettings(null, 1, 1000, 1 << 30, Duration.ofDays(1), Duration.ofSeconds(5));

  @TempDir private Path data;

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
