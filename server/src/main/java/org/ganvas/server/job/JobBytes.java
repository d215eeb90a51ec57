package org.ganvas.server.job;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/** The bytes of jobs, cut into parts, so that a large picture is never in memory whole. */
final class JobBytes {
  /** What is in memory at a time. */
  private static final int PART_BYTES = 1 << 19;

  /** What lies there before the first attempt. */
  private static final int INPUT = 0;

  private static final int NO_ATTEMPT = -1;

  private final Database database;

  JobBytes(Database database) {
    this.database = database;
  }

  /** Adds the input of a job that is being accepted. */
  static void addInput(Connection connection, String job, byte[] input) throws SQLException {
    for (int part = 0; part * PART_BYTES < input.length; part++) {
      int from = part * PART_BYTES;
      int to = Math.min(input.length, from + PART_BYTES);
      add(connection, new Part(job, INPUT, part), Arrays.copyOfRange(input, from, to));
    }
  }

  /**
   * Adds the result of an attempt, which nobody sees before its job has succeeded. Each part is a
   * transaction of its own, so that others get their turn.
   */
  void addResult(Job attempt, InputStream result) throws SQLException {
    byte[] buffer = new byte[PART_BYTES];
    int number = 0;
    for (int n = read(result, buffer); n > 0; n = read(result, buffer)) {
      byte[] bytes = n == PART_BYTES ? buffer : Arrays.copyOf(buffer, n);
      Part part = new Part(attempt.id(), attempt.attempts(), number++);
      var unused = database.transaction(connection -> add(connection, part, bytes));
    }
  }

  private static int add(Connection connection, Part part, byte[] bytes) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into job_parts (job_id, attempt, part, bytes) values (?, ?, ?, ?)")) {
      part.setIn(insert);
      insert.setBytes(4, bytes);
      return insert.executeUpdate();
    }
  }

  private static int read(InputStream in, byte[] buffer) throws SQLException {
    try {
      return in.readNBytes(buffer, 0, buffer.length);
    } catch (IOException e) {
      throw new SQLException("the bytes of a job cannot be read", e);
    }
  }

  /** Deletes what a job has. */
  static void delete(Connection connection, String job) throws SQLException {
    deleteAllBut(NO_ATTEMPT, connection, job);
  }

  /** Deletes what a job has, but the result of this attempt. */
  static void deleteAllBut(int attempt, Connection connection, String job) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from job_parts where job_id = ? and attempt <> ?")) {
      delete.setString(1, job);
      delete.setInt(2, attempt);
      delete.executeUpdate();
    }
  }

  /** Deletes the result of an attempt that is not wanted any longer. */
  static void deleteResult(Connection connection, Job attempt) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from job_parts where job_id = ? and attempt = ?")) {
      delete.setString(1, attempt.id());
      delete.setInt(2, attempt.attempts());
      delete.executeUpdate();
    }
  }

  /** The picture that a job was sent with. */
  byte[] input(String job) throws SQLException, IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    copy(job, INPUT, bytes);
    return bytes.toByteArray();
  }

  /** Writes the result of a job, part by part; a slow receiver keeps no connection busy. */
  void copyResult(Job job, OutputStream out) throws SQLException, IOException {
    copy(job.id(), job.attempts(), out);
  }

  private void copy(String job, int attempt, OutputStream out) throws SQLException, IOException {
    for (int number = 0; ; number++) {
      Part part = new Part(job, attempt, number);
      byte[] bytes = database.reading(connection -> bytes(connection, part));
      if (bytes.length == 0) {
        return;
      }
      out.write(bytes);
    }
  }

  private static byte[] bytes(Connection connection, Part part) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select bytes from job_parts where job_id = ? and attempt = ? and part = ?")) {
      part.setIn(select);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getBytes(1) : new byte[0];
      }
    }
  }

  /** Names a row. */
  private record Part(String job, int attempt, int number) {
    void setIn(PreparedStatement statement) throws SQLException {
      statement.setString(1, job);
      statement.setInt(2, attempt);
      statement.setInt(3, number);
    }
  }
}
