package org.ganvas.server.job;

import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ganvas.server.problem.Problem;
import org.ganvas.server.problem.ProblemKind;
import org.jspecify.annotations.Nullable;

/**
 * The jobs in the database. Each change of a state is one statement that names the state it comes
 * from, and those of an attempt its number as well: of several that want to end a job, one does.
 * Each change is on the disk when its method returns, so that a killed server neither forgets an
 * attempt nor takes an end back.
 */
final class JobStore {
  /** How often a job is begun at most. */
  static final int MOST_ATTEMPTS = 3;

  /** All is computed. */
  private static final Job.Progress WRITING = new Job.Progress(100, 0);

  private final Database database;
  private final JobBytes bytes;
  private final JobSettings settings;

  JobStore(Database database, JobSettings settings) {
    this.database = database;
    this.bytes = new JobBytes(database);
    this.settings = settings;
  }

  /** Jobs that wait for their turn. */
  long queued() throws SQLException {
    return database.reading(
        connection ->
            JobIntake.count(connection, "select count(*) from jobs where state = 'queued'"));
  }

  /** A job by its id. */
  Optional<Job> find(String id) throws SQLException {
    return database.reading(connection -> JobRows.find(connection, id, null));
  }

  /** A job by its id, if it belongs to this owner. */
  Optional<Job> find(String id, String owner) throws SQLException {
    return database.reading(connection -> JobRows.find(connection, id, owner));
  }

  /**
   * Begins another attempt.
   *
   * @return the job with the number of the attempt; empty if it has ended, or ends now because it
   *     was begun often enough
   */
  Optional<Job> begin(String id) throws SQLException {
    return database.transaction(
        connection -> {
          int begun =
              update(
                  connection,
                  "update jobs set state = 'running', attempts = attempts + 1, percent = 0,"
                      + " seconds_left = null, started = ? where id = ?"
                      + " and state in ('queued', 'running') and attempts < ?",
                  System.currentTimeMillis(),
                  id,
                  MOST_ATTEMPTS);
          if (begun == 1) {
            return JobRows.find(connection, id, null);
          }
          end(
              connection,
              id,
              MOST_ATTEMPTS,
              new Problem(
                  ProblemKind.FAILED,
                  "a job is begun %d times at most, found that many without an end: the server was killed, or could not write the result; send it again"
                      .formatted(MOST_ATTEMPTS)));
          return Optional.empty();
        });
  }

  /**
   * Notes how far an attempt is.
   *
   * @return whether it is still wanted
   */
  boolean advanced(Job attempt, Job.Progress progress) throws SQLException {
    return database.transaction(
            connection ->
                update(
                    connection,
                    "update jobs set percent = ?, seconds_left = ?"
                        + " where id = ? and attempts = ? and state = 'running'",
                    progress.percent(),
                    progress.secondsLeft(),
                    attempt.id(),
                    attempt.attempts()))
        == 1;
  }

  /**
   * Ends an attempt with a result, whose bytes become visible with the state, in one step.
   *
   * @param bytes of the result; not read if the attempt is not wanted any longer
   */
  void succeed(Job attempt, Job.Result result, InputStream bytes) throws SQLException {
    if (!advanced(attempt, WRITING)) {
      return;
    }
    this.bytes.addResult(attempt, bytes);
    var unused = database.transaction(connection -> succeed(connection, attempt, result));
  }

  private static int succeed(Connection connection, Job attempt, Job.Result result)
      throws SQLException {
    int ended =
        update(
            connection,
            "update jobs set state = 'succeeded', percent = 100, seconds_left = 0, ended = ?,"
                + " media_type = ?, width = ?, height = ?, bytes = ?"
                + " where id = ? and attempts = ? and state = 'running'",
            System.currentTimeMillis(),
            result.mediaType(),
            result.width(),
            result.height(),
            result.bytes(),
            attempt.id(),
            attempt.attempts());
    if (ended == 1) {
      JobBytes.deleteAllBut(attempt.attempts(), connection, attempt.id());
    } else {
      JobBytes.deleteResult(connection, attempt);
    }
    return ended;
  }

  /** Ends an attempt, and the job, with a failure. */
  void fail(Job attempt, Problem problem) throws SQLException {
    database.transaction(connection -> end(connection, attempt.id(), attempt.attempts(), problem));
  }

  private static int end(Connection connection, String id, int attempt, Problem problem)
      throws SQLException {
    int ended =
        update(
            connection,
            "update jobs set state = 'failed', seconds_left = null, ended = ?, error_kind = ?,"
                + " error_detail = ?, bytes = 0"
                + " where id = ? and attempts = ? and state in ('queued', 'running')",
            System.currentTimeMillis(),
            problem.kind().name(),
            problem.detail(),
            id,
            attempt);
    if (ended == 1) {
      JobBytes.delete(connection, id);
    }
    return ended;
  }

  /**
   * Puts a job back.
   *
   * @param counts whether the attempt counts; it does not if the server ended in order
   */
  void requeue(Job attempt, boolean counts) throws SQLException {
    database.transaction(
        connection ->
            update(
                connection,
                "update jobs set state = 'queued', percent = 0, seconds_left = null,"
                    + " attempts = attempts - ? where id = ? and attempts = ? and state = 'running'",
                counts ? 0 : 1,
                attempt.id(),
                attempt.attempts()));
  }

  /** Cancels a job that has not ended; of one that succeeded, removes the result. */
  void cancel(String id) throws SQLException {
    database.transaction(
        connection -> {
          int canceled =
              update(
                  connection,
                  "update jobs set state = 'canceled', seconds_left = null, ended = ?, bytes = 0"
                      + " where id = ? and state in ('queued', 'running')",
                  System.currentTimeMillis(),
                  id);
          int removed =
              update(
                  connection,
                  "update jobs set state = 'expired', bytes = 0"
                      + " where id = ? and state = 'succeeded'",
                  id);
          if (canceled + removed > 0) {
            JobBytes.delete(connection, id);
          }
          return canceled + removed;
        });
  }

  /** Removes results that are too old, and forgets jobs that ended long before. */
  void clean(Duration keepRecords) throws SQLException {
    long now = System.currentTimeMillis();
    for (String id :
        ids(
            "select id from jobs where state = 'succeeded' and ended < ?",
            now - settings.keepResults().toMillis())) {
      cancel(id);
    }
    for (String id :
        ids(
            "select id from jobs where state in ('expired', 'failed', 'canceled') and ended < ?",
            now - settings.keepResults().plus(keepRecords).toMillis())) {
      var unused =
          database.transaction(
              connection -> {
                JobBytes.delete(connection, id); // what was written while it was canceled
                return update(connection, "delete from jobs where id = ?", id);
              });
    }
  }

  private List<String> ids(String sql, long endedBefore) throws SQLException {
    return database.reading(
        connection -> {
          List<String> ids = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, endedBefore);
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                ids.add(rows.getString(1));
              }
            }
          }
          return ids;
        });
  }

  private static int update(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }
}
