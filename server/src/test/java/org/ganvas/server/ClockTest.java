package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.ganvas.server.job.JobSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockTest {
  /** A server that cleans up every second. */
  private static final JobSettings BRISK =
      new JobSettings(null, 1, 1000, 1 << 30, Duration.ofSeconds(1), Duration.ofSeconds(5));

  @TempDir private Path data;

  @Test
  void aJobThatWasAcceptedBeforeTheClockWasSetBackIsDoneAllTheSame() throws Exception {
    try (TestServer server = new TestServer(TestServer.settings(data, BRISK));
        JobsDatabase database = JobsDatabase.in(data)) {
      JobClient jobs = new JobClient(server.port());
      database.holdJobs();
      String job = jobs.accepted("&model=tiny-x2", TestPictures.png(8, 8));
      acceptedAt(database, job, Instant.now().plus(Duration.ofHours(1)));
      database.releaseJobs();
      assertThat(jobs.awaitEnd(job, Duration.ofSeconds(60)).get("state").getAsString())
          .isIn("succeeded", "expired");
    }
  }

  /** The new version keeps a thread from it that saw it as due before. */
  private static void acceptedAt(JobsDatabase database, String job, Instant time)
      throws SQLException {
    try (PreparedStatement update =
        database
            .connection()
            .prepareStatement(
                "update scheduled_tasks set execution_time = ?, version = version + 1"
                    + " where task_instance = ?")) {
      update.setTimestamp(1, Timestamp.from(time));
      update.setString(2, job);
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }
}
