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

  private final Database database;

  JobBytes(Database database) {
    this.database = database;
  }

  /** Puts bytes in the place of those that a job has. */
  static void replace(Connection connection, String job, InputStream bytes) throws SQLException {
    delete(connection, job);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into job_bytes (job_id, part, bytes) values (?, ?, ?)")) {
      byte[] buffer = new byte[PART_BYTES];
      int part = 0;
      for (int n = read(bytes, buffer); n > 0; n = read(bytes, buffer)) {
        insert.setString(1, job);
        insert.setInt(2, part++);
        insert.setBytes(3, n == PART_BYTES ? buffer : Arrays.copyOf(buffer, n));
        insert.executeUpdate();
      }
    }
  }

  private static int read(InputStream in, byte[] buffer) throws SQLException {
    try {
      return in.readNBytes(buffer, 0, buffer.length);
    } catch (IOException e) {
      throw new SQLException("the bytes of a job cannot be read", e);
    }
  }

  static void delete(Connection connection, String job) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from job_bytes where job_id = ?")) {
      delete.setString(1, job);
      delete.executeUpdate();
    }
  }

  /** All bytes of a job. */
  byte[] read(String job) throws SQLException, IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    copy(job, bytes);
    return bytes.toByteArray();
  }

  /** Writes the bytes of a job, part by part; a slow receiver keeps no connection busy. */
  void copy(String job, OutputStream out) throws SQLException, IOException {
    for (int part = 0; ; part++) {
      byte[] bytes = part(job, part);
      if (bytes.length == 0) {
        return;
      }
      out.write(bytes);
    }
  }

  private byte[] part(String job, int part) throws SQLException {
    try (Connection connection = database.source().getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select bytes from job_bytes where job_id = ? and part = ?")) {
      select.setString(1, job);
      select.setInt(2, part);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getBytes(1) : new byte[0];
      }
    }
  }
}
