package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
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
    try (TestServer server = new TestServer(TestServer.settings(data, BRISK))) {
      JobClient jobs = new JobClient(server.port());
      String running = jobs.accepted("&model=tiny-x4", TestPictures.jpeg(1500, 1500));
      jobs.awaitState(running, "running", Duration.ofSeconds(30));
      String queued = jobs.accepted("&model=tiny-x2", TestPictures.png(8, 8));
      acceptedAt(queued, Instant.now().plus(Duration.ofHours(1)));
      jobs.awaitEnd(queued, Duration.ofSeconds(60));
      assertThat(jobs.state(queued)).isIn("succeeded", "expired");
    }
  }

  private void acceptedAt(String job, Instant time) throws Exception {
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("jobs.sqlite"));
        PreparedStatement update =
            database.prepareStatement(
                "update scheduled_tasks set execution_time = ? where task_instance = ?")) {
      update.setTimestamp(1, Timestamp.from(time));
      update.setString(2, job);
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }
}
