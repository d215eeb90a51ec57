package org.ganvas.server.job;

import java.time.Instant;
import org.ganvas.server.problem.Problem;
import org.ganvas.server.work.TaskKind;
import org.jspecify.annotations.Nullable;

/**
 * A job as the database knows it.
 *
 * @param id what it is called; nobody can guess it
 * @param request what is to be done
 * @param state how far it is
 * @param attempts how often it was begun
 * @param progress how far it is, while it runs
 * @param times when what happened
 * @param error why it failed; null if it did not
 * @param result what it gave; null if there is nothing, or no longer
 */
public record Job(
    String id,
    Request request,
    JobState state,
    int attempts,
    Progress progress,
    Times times,
    @Nullable Problem error,
    @Nullable Result result) {

  /**
   * What is to be done.
   *
   * @param kind the kind of task
   * @param model the name of the model
   * @param query the parameters as a query, such as {@code format=png&scale=2.0}
   */
  public record Request(TaskKind kind, String model, String query) {}

  /**
   * How far it is.
   *
   * @param percent from 0 to 100
   * @param secondsLeft as estimated; null if nobody knows
   */
  public record Progress(int percent, @Nullable Integer secondsLeft) {}

  /**
   * When what happened.
   *
   * @param created when it was accepted
   * @param started when it was begun, the last time
   * @param ended when it reached its end
   */
  public record Times(Instant created, @Nullable Instant started, @Nullable Instant ended) {}

  /**
   * What it gave.
   *
   * @param mediaType the type of the file
   * @param width pixels per row
   * @param height rows
   * @param bytes how long the file is
   */
  public record Result(String mediaType, int width, int height, long bytes) {}
}
