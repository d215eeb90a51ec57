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

/**
 * The database of the jobs: a SQLite file of this server's own, or a PostgreSQL for several. Either
 * has on the disk what was committed, whatever happens to the process then.
 */
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
    // The input of a job that has not ended as attempt 0, and what its attempts result in.
    """
    create table if not exists job_parts (
      job_id varchar(36) not null,
      attempt int not null,
      part int not null,
      bytes bytea not null,
      primary key (job_id, attempt, part))
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
  private final @Nullable JobFile file;

  /**
   * Opens the database and creates its tables if they are missing.
   *
   * @param url of a PostgreSQL; null for a file
   * @param folder where the file lies
   * @throws IOException if it cannot be opened; one line for the user
   */
  Database(@Nullable String url, Path folder, int connections) throws IOException {
    file = url == null ? JobFile.lock(folder) : null;
    HikariConfig config = new HikariConfig();
    config.setPoolName("jobs");
    config.setMaximumPoolSize(connections);
    config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(10));
    if (file == null) {
      config.setJdbcUrl(url);
    } else {
      config.setDataSource(file.source());
    }
    try {
      source = new HikariDataSource(config);
      createTables();
    } catch (PoolInitializationException | SQLException e) {
      if (file != null) {
        file.close();
      }
      String rule =
          file == null
              ? "the database of the jobs must be there, found %s; check --database"
              : "the file of the jobs must be readable and writable, found %s; check --data";
      throw new IOException(rule.formatted(reason(e)), e);
    }
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
    return file != null;
  }

  DataSource source() {
    return source;
  }

  /** Statements that belong together. */
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /** Only reads, so that nobody who writes has to wait. */
  <T> T reading(Work<T> work) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return work.run(connection);
    }
  }

  /** Does all of it, or nothing. */
  <T> T transaction(Work<T> work) throws SQLException {
    try (Connection connection = source.getConnection()) {
      begin(connection);
      try {
        T result = work.run(connection);
        commit(connection);
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        rollback(connection, e);
        throw e;
      }
    }
  }

  /**
   * SQLite's driver would begin the next transaction at each commit, and hold the lock for writing
   * that only one connection can have; and where that lock cannot be had, it believes to be in a
   * transaction that has not begun. In words it does what it is told.
   */
  private void begin(Connection connection) throws SQLException {
    if (file == null) {
      connection.setAutoCommit(false);
    } else {
      execute(connection, "begin immediate");
    }
  }

  private void commit(Connection connection) throws SQLException {
    if (file == null) {
      connection.commit();
      connection.setAutoCommit(true);
    } else {
      execute(connection, "commit");
    }
  }

  private void rollback(Connection connection, Throwable reason) {
    try {
      if (file == null) {
        connection.rollback();
        connection.setAutoCommit(true);
      } else {
        execute(connection, "rollback");
      }
    } catch (SQLException e) {
      reason.addSuppressed(e); // what has failed before is what matters
      source.evictConnection(connection);
    }
  }

  /** Runs one statement of its own. */
  void execute(String sql) throws SQLException {
    try (Connection connection = source.getConnection()) {
      execute(connection, sql);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    source.close();
    if (file != null) {
      file.close();
    }
  }
}
