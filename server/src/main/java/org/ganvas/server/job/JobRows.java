package org.ganvas.server.job;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.ganvas.server.problem.Problem;
import org.ganvas.server.problem.ProblemKind;
import org.ganvas.server.work.TaskKind;
import org.jspecify.annotations.Nullable;

/** Rows of the table of jobs as jobs. */
final class JobRows {
  private JobRows() {}

  /**
   * @param owner whom it has to belong to; null for anybody
   */
  static Optional<Job> find(Connection connection, String id, @Nullable String owner)
      throws SQLException {
    String sql = "select * from jobs where id = ?" + (owner == null ? "" : " and owner = ?");
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, id);
      if (owner != null) {
        select.setString(2, owner);
      }
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(job(row)) : Optional.empty();
      }
    }
  }

  private static Job job(ResultSet row) throws SQLException {
    JobState state = JobState.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
    TaskKind kind =
        TaskKind.labelled(row.getString("task"))
            .orElseThrow(() -> new SQLException("a job has an unknown task"));
    String error = row.getString("error_kind");
    Job.Result result =
        state == JobState.SUCCEEDED
            ? new Job.Result(
                row.getString("media_type"),
                row.getInt("width"),
                row.getInt("height"),
                row.getLong("bytes"))
            : null;
    return new Job(
        row.getString("id"),
        new Job.Request(kind, row.getString("model"), row.getString("query")),
        state,
        row.getInt("attempts"),
        new Job.Progress(row.getInt("percent"), number(row, "seconds_left")),
        new Job.Times(
            Instant.ofEpochMilli(row.getLong("created")), time(row, "started"), time(row, "ended")),
        error == null
            ? null
            : new Problem(ProblemKind.valueOf(error), row.getString("error_detail")),
        result);
  }

  private static @Nullable Integer number(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(value);
  }
}
