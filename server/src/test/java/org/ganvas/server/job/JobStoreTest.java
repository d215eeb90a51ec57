package org.ganvas.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.ganvas.server.problem.Problem;
import org.ganvas.server.problem.ProblemKind;
import org.ganvas.server.work.TaskKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class JobStoreTest {
  private static final Job.Result RESULT = new Job.Result("image/png", 1, 1, 3);
  private static final List<String> FILES = List.of("jobs.sqlite", "jobs.sqlite-wal");
  private static final Problem FAILURE = new Problem(ProblemKind.FAILED, "it broke");

  @TempDir private Path folder;

  private Database database;
  private JobStore store;
  private String id;

  @BeforeEach
  void acceptAJob() throws Exception {
    database = new Database(null, folder, 2);
    store = new JobStore(database, JobSettings.DEFAULT);
    id =
        new JobIntake(database, JobSettings.DEFAULT)
            .accept(
                new JobIntake.NewJob(
                    "",
                    null,
                    "hash",
                    new Job.Request(TaskKind.UPSCALE, "tiny-x4", "scale=2.0"),
                    new byte[] {9}));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void anAttemptAndAnEndAreOnTheDiskAtOnce() throws Exception {
    assertThat(afterAKill().state()).isEqualTo(JobState.QUEUED);
    Job attempt = store.begin(id).orElseThrow();
    assertThat(afterAKill().attempts()).isEqualTo(1);
    succeed(attempt);
    assertThat(afterAKill().state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void aFailureIsOnTheDiskAtOnce() throws Exception {
    store.fail(store.begin(id).orElseThrow(), FAILURE);
    assertThat(afterAKill().state()).isEqualTo(JobState.FAILED);
  }

  @Test
  void aJobIsBegunThreeTimesAtMost() throws Exception {
    for (int attempt = 1; attempt <= 3; attempt++) {
      assertThat(store.begin(id).orElseThrow().attempts()).isEqualTo(attempt);
    }
    assertThat(store.begin(id)).isEmpty();
    assertThat(job().state()).isEqualTo(JobState.FAILED);
    assertThat(job().attempts()).isEqualTo(3);
  }

  @Test
  void onlyTheNewestAttemptEndsAJobAndOnlyOnce() throws Exception {
    Job old = store.begin(id).orElseThrow();
    Job newest = store.begin(id).orElseThrow();
    succeed(old);
    store.fail(old, FAILURE);
    store.requeue(old, true);
    assertThat(store.advanced(old, new Job.Progress(50, null))).isFalse();
    assertThat(job().state()).isEqualTo(JobState.RUNNING);
    store.cancel(id);
    succeed(newest);
    store.fail(newest, FAILURE);
    assertThat(job().state()).isEqualTo(JobState.CANCELED);
    assertThat(parts()).isZero();
  }

  @Test
  void ofAJobThatSucceededOnlyTheResultIsKept() throws Exception {
    Job old = store.begin(id).orElseThrow();
    new JobBytes(database).addResult(old, new ByteArrayInputStream(new byte[] {8}));
    succeed(store.begin(id).orElseThrow());
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    new JobBytes(database).copyResult(job(), result);
    assertThat(result.toByteArray()).containsExactly(1, 2, 3);
    assertThat(parts()).isOne();
    store.cancel(id);
    assertThat(parts()).isZero();
  }

  @Test
  void whatIsCommittedIsSynchronizedWithTheDisk() throws Exception {
    // 2: the log of changes is synchronized at each commit.
    assertThat(number("pragma synchronous")).isEqualTo(2);
  }

  @Test
  void whoCannotWriteYetIsRefusedAndNothingOfItStays() throws Exception {
    try (Connection other = database.source().getConnection();
        Statement statement = other.createStatement()) {
      statement.execute("begin immediate");
      assertThatThrownBy(() -> store.begin(id)).isInstanceOf(SQLException.class);
      statement.execute("rollback");
    }
    assertThat(job().attempts()).isZero();
    assertThat(store.begin(id).orElseThrow().attempts()).isEqualTo(1);
    assertThat(afterAKill().attempts()).isEqualTo(1);
  }

  @Test
  void aFullDiskIsSaidAndNothingOfTheResultStays() throws Exception {
    Job attempt = store.begin(id).orElseThrow();
    String limit = "pragma max_page_count = " + (number("pragma page_count") + 10);
    try (Connection one = database.source().getConnection();
        Connection other = database.source().getConnection()) {
      for (Connection connection : List.of(one, other)) { // each has a limit of its own
        try (Statement statement = connection.createStatement()) {
          statement.execute(limit);
        }
      }
    }
    byte[] large = new byte[1 << 20];
    assertThatThrownBy(() -> store.succeed(attempt, RESULT, new ByteArrayInputStream(large)))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("full");
    assertThat(job().state()).isEqualTo(JobState.RUNNING);
  }

  private long number(String sql) throws SQLException {
    return database.reading(connection -> JobIntake.count(connection, sql));
  }

  private long parts() throws SQLException {
    return number("select count(*) from job_parts");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nobodyElseMayReadWhatWasSent() throws Exception {
    for (String file : FILES) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aFolderBelongsToOneServerAtATime() throws Exception {
    assertThatThrownBy(() -> new Database(null, folder, 2))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("found one that uses " + folder);
    database.close();
    database = new Database(null, folder, 2);
    store = new JobStore(database, JobSettings.DEFAULT);
    assertThat(job().state()).isEqualTo(JobState.QUEUED);
  }

  private Job job() throws Exception {
    return store.find(id).orElseThrow();
  }

  private void succeed(Job attempt) throws Exception {
    store.succeed(attempt, RESULT, new ByteArrayInputStream(new byte[] {1, 2, 3}));
  }

  /** The job as a server finds it that starts after this one was killed at this moment. */
  private Job afterAKill() throws Exception {
    Path copy = Files.createTempDirectory(folder, "killed");
    for (String file : FILES) {
      Files.copy(folder.resolve(file), copy.resolve(file));
    }
    try (Database left = new Database(null, copy, 2)) {
      return new JobStore(left, JobSettings.DEFAULT).find(id).orElseThrow();
    }
  }
}
