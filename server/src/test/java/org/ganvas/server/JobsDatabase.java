package org.ganvas.server;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The embedded database of a running server, to do to it what happens to databases.
 *
 * @param connection closed with this
 */
record JobsDatabase(Connection connection) implements AutoCloseable {
  /** That of the server with this data folder. */
  static JobsDatabase in(Path data) throws SQLException {
    return new JobsDatabase(
        DriverManager.getConnection("jdbc:sqlite:" + data.resolve("jobs.sqlite")));
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** No job is taken out of the queue from here on. */
  void holdJobs() throws SQLException {
    execute(
        "create trigger held before update on scheduled_tasks when new.picked begin"
            + " select raise(fail, 'held'); end");
  }

  void releaseJobs() throws SQLException {
    execute("drop trigger held");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
