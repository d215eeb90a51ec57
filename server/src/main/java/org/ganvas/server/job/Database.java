package org.ganvas.server.job;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The database of the jobs: an H2 file of this server's own, or a PostgreSQL for several. */
final class Database implements AutoCloseable {
  private static final String[] SCHEMA = {
    """
    create table if not exists jobs (
      id varchar(36) primary key,
      owner varchar(64) not null,
      idempotency_key varchar(255),
      request_hash varchar(64) not null,
      task varchar(16) not null,
      model varchar(255) not null,
      query varchar(4000) not null,
      state varchar(16) not null,
      attempts int not null,
      percent int not null,
      seconds_left int,
      created bigint not null,
      started bigint,
      ended bigint,
      error_kind varchar(32),
      error_detail varchar(4000),
      media_type varchar(64),
      width int,
      height int,
      bytes bigint not null,
      unique (owner, idempotency_key))
    """,
    "create index if not exists jobs_state on jobs (state, ended)",
    // The input of a job that has not ended, the result of one that has succeeded.
    """
    create table if not exists job_bytes (
      job_id varchar(36) not null,
      part int not null,
      bytes bytea not null,
      primary key (job_id, part))
    """,
    // As db-scheduler wants it.
    """
    create table if not exists scheduled_tasks (
      task_name varchar(100) not null,
      task_instance varchar(100) not null,
      task_data bytea,
      execution_time timestamp with time zone not null,
      picked boolean not null,
      picked_by varchar(100),
      last_success timestamp with time zone,
      last_failure timestamp with time zone,
      consecutive_failures int,
      last_heartbeat timestamp with time zone,
      version bigint not null,
      primary key (task_name, task_instance))
    """,
    "create index if not exists scheduled_tasks_time on scheduled_tasks (execution_time)"
  };

  /** Servers that start together create the tables together, and one of them is refused. */
  private static final int SCHEMA_ATTEMPTS = 3;

  private final HikariDataSource source;
  private final boolean embedded;

  /**
   * Opens the database and creates its tables if they are missing.
   *
   * @param url of a PostgreSQL; null for a file
   * @param folder where the file lies
   * @throws IOException if it cannot be opened; one line for the user
   */
  Database(@Nullable String url, Path folder, int connections) throws IOException {
    embedded = url == null;
    HikariConfig config = new HikariConfig();
    config.setPoolName("jobs");
    config.setMaximumPoolSize(connections);
    config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(10));
    config.setJdbcUrl(embedded ? fileUrl(folder) : url);
    try {
      source = new HikariDataSource(config);
      createTables();
    } catch (PoolInitializationException | SQLException e) {
      throw new IOException(
          embedded
              ? "the jobs lie in a file that no other server uses, found %s in %s; end the other server, or give another --data, or a --database for both"
                  .formatted(reason(e), folder)
              : "the database of the jobs must be there, found %s; check --database"
                  .formatted(reason(e)),
          e);
    }
  }

  private static String fileUrl(Path folder) {
    // Closing it is up to the server, which does so when all jobs have been put away.
    // Without a delay H2 writes each commit itself. With one, a thread of its own writes and moves
    // blocks in the background, and a kill in the middle of that can take back what was committed.
    return "jdbc:h2:file:"
        + folder.toAbsolutePath().resolve("jobs")
        + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
  }

  private static String reason(Throwable e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String message = String.valueOf(cause.getMessage());
    return message.lines().findFirst().orElse("nothing");
  }

  private void createTables() throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        transaction(
            connection -> {
              try (Statement statement = connection.createStatement()) {
                for (String table : SCHEMA) {
                  statement.execute(table);
                }
              }
              return SCHEMA.length;
            });
        return;
      } catch (SQLException e) {
        if (attempt == SCHEMA_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Whether it is a file that no other server can have open. */
  boolean isEmbedded() {
    return embedded;
  }

  DataSource source() {
    return source;
  }

  /** Statements that belong together. */
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /** Does all of it, or nothing. */
  <T> T transaction(Work<T> work) throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  /**
   * Does all of it, or nothing, and returns when it is on the disk. A PostgreSQL sees to that at
   * every commit; H2 leaves what it has written in the machine's cache.
   */
  <T> T durably(Work<T> work) throws SQLException {
    T result = transaction(work);
    if (embedded) {
      execute("checkpoint sync");
    }
    return result;
  }

  /** Runs one statement of its own. */
  void execute(String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    try {
      if (embedded) {
        execute("shutdown");
      }
    } catch (SQLException e) {
      // It is closed as by a crash, which it stands.
    } finally {
      source.close();
    }
  }
}
