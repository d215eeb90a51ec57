package org.ganvas.server.job;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ganvas.server.problem.Problem;
import org.ganvas.server.problem.ProblemException;
import org.ganvas.server.problem.ProblemKind;
import org.jspecify.annotations.Nullable;

/**
 * The jobs in the database. Each change of a state is one statement that names the state it comes
 * from, and those of an attempt its number as well: of several that want to end a job, one does.
 */
final class JobStore {
  /** How often a job is begun at most. */
  static final int MOST_ATTEMPTS = 3;

  private static final String UNIQUE_VIOLATION = "23505";
  private static final int RETRY_SECONDS = 60;

  private final Database database;
  private final JobSettings settings;

  JobStore(Database database, JobSettings settings) {
    this.database = database;
    this.settings = settings;
  }

  /**
   * A job that is to be accepted.
   *
   * @param owner whom it belongs to; empty for anybody
   * @param key the client's idempotency key, or null
   * @param hash what tells this request from others
   * @param input the picture as it was sent
   */
  record NewJob(
      String owner, @Nullable String key, String hash, Job.Request request, byte[] input) {}

  /**
   * Keeps a job and what it needs. When this returns, it is on the disk.
   *
   * @return its id; that of an earlier one if the same request came with the same key
   * @throws ProblemException if there is no room, or the key belongs to another request
   */
  String accept(NewJob job) throws SQLException {
    String id;
    try {
      id = database.transaction(connection -> acceptOnce(connection, job));
    } catch (SQLException e) {
      if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
        throw e;
      }
      // The same key, at the same moment: now it is found.
      id = database.transaction(connection -> acceptOnce(connection, job));
    }
    database.sync();
    return id;
  }

  private String acceptOnce(Connection connection, NewJob job) throws SQLException {
    String earlier = earlier(connection, job);
    if (earlier != null) {
      return earlier;
    }
    requireRoom(connection, job.input.length);
    String id = UUID.randomUUID().toString();
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into jobs (id, owner, idempotency_key, request_hash, task, model, query, state,"
                + " attempts, percent, created, bytes) values (?,?,?,?,?,?,?,'queued',0,0,?,?)")) {
      insert.setString(1, id);
      insert.setString(2, job.owner);
      insert.setString(3, job.key);
      insert.setString(4, job.hash);
      insert.setString(5, job.request.kind().label());
      insert.setString(6, job.request.model());
      insert.setString(7, job.request.query());
      insert.setLong(8, System.currentTimeMillis());
      insert.setLong(9, job.input.length);
      insert.executeUpdate();
    }
    JobBytes.replace(connection, id, new ByteArrayInputStream(job.input));
    schedule(connection, id);
    return id;
  }

  private static @Nullable String earlier(Connection connection, NewJob job) throws SQLException {
    if (job.key == null) {
      return null;
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "select id, request_hash from jobs where owner = ? and idempotency_key = ?")) {
      select.setString(1, job.owner);
      select.setString(2, job.key);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        if (!row.getString(2).equals(job.hash)) {
          throw new ProblemException(
              ProblemKind.KEY_REUSED,
              "an idempotency key belongs to one request, found it with another; use a new key");
        }
        return row.getString(1);
      }
    }
  }

  private void requireRoom(Connection connection, long bytes) throws SQLException {
    if (count(connection, "select count(*) from jobs where state = 'queued'")
        >= settings.maxQueued()) {
      throw ProblemException.retryLater(
          ProblemKind.BUSY,
          "%d jobs may wait, found that many; try again later".formatted(settings.maxQueued()),
          RETRY_SECONDS);
    }
    long stored = count(connection, "select coalesce(sum(bytes), 0) from jobs");
    if (stored + bytes > settings.maxStoredBytes()) {
      throw ProblemException.retryLater(
          ProblemKind.BUSY,
          "pictures of jobs may take %,d bytes in all, found %,d; delete results that you have fetched"
              .formatted(settings.maxStoredBytes(), stored),
          RETRY_SECONDS);
    }
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** In db-scheduler's own table, so that it is one transaction with the job. */
  private static void schedule(Connection connection, String id) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
                + " values (?, ?, ?, false, 1)")) {
      insert.setString(1, JobQueue.TASK);
      insert.setString(2, id);
      insert.setTimestamp(3, Timestamp.from(Instant.now()));
      insert.executeUpdate();
    }
  }

  /** Jobs that wait for their turn. */
  long queued() throws SQLException {
    return database.transaction(
        connection -> count(connection, "select count(*) from jobs where state = 'queued'"));
  }

  /** A job by its id. */
  Optional<Job> find(String id) throws SQLException {
    try (Connection connection = database.source().getConnection()) {
      return JobRows.find(connection, id, null);
    }
  }

  /** A job by its id, if it belongs to this owner. */
  Optional<Job> find(String id, String owner) throws SQLException {
    try (Connection connection = database.source().getConnection()) {
      return JobRows.find(connection, id, owner);
    }
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
                  "the server ended %d times while it did the job, and gives up"
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

  /** Ends an attempt with a result, whose bytes become visible with the state, in one step. */
  void succeed(Job attempt, Job.Result result, InputStream bytes) throws SQLException {
    database.transaction(
        connection -> {
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
            JobBytes.replace(connection, attempt.id(), bytes);
          }
          return null;
        });
  }

  /** Ends an attempt, and the job, with a failure. */
  void fail(Job attempt, Problem problem) throws SQLException {
    database.transaction(
        connection -> {
          end(connection, attempt.id(), attempt.attempts(), problem);
          return null;
        });
  }

  private static void end(Connection connection, String id, int attempt, Problem problem)
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
          return null;
        });
    database.sync();
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
      database.transaction(connection -> update(connection, "delete from jobs where id = ?", id));
    }
  }

  private List<String> ids(String sql, long endedBefore) throws SQLException {
    return database.transaction(
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
