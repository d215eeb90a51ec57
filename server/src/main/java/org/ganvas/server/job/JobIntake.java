package org.ganvas.server.job;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.ganvas.server.problem.ProblemException;
import org.ganvas.server.problem.ProblemKind;
import org.jspecify.annotations.Nullable;

/** Accepts jobs into the database: all of one, or nothing. */
final class JobIntake {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final int RETRY_SECONDS = 60;

  private final Database database;
  private final JobSettings settings;

  JobIntake(Database database, JobSettings settings) {
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
    try {
      return database.transaction(connection -> acceptOnce(connection, job));
    } catch (SQLException e) {
      if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
        throw e;
      }
      // The same key, at the same moment: now it is found.
      return database.transaction(connection -> acceptOnce(connection, job));
    }
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
    JobBytes.addInput(connection, id, job.input);
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

  static long count(Connection connection, String sql) throws SQLException {
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
}
