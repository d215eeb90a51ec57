package org.ganvas.server.problem;

import org.jspecify.annotations.Nullable;

/** A request that is refused. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final int retryAfterSeconds;

  public ProblemException(ProblemKind kind, String detail) {
    this(kind, detail, 0, null);
  }

  public ProblemException(ProblemKind kind, String detail, Throwable cause) {
    this(kind, detail, 0, cause);
  }

  private ProblemException(
      ProblemKind kind, String detail, int retryAfterSeconds, @Nullable Throwable cause) {
    super(detail, cause, false, cause != null);
    this.problem = new Problem(kind, detail);
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** For what will pass: try again after so many seconds. */
  public static ProblemException retryLater(ProblemKind kind, String detail, long seconds) {
    return new ProblemException(kind, detail, (int) Math.max(1, Math.min(3600, seconds)), null);
  }

  public Problem problem() {
    return problem;
  }

  /** Seconds from 1 to 3600 after which it may be tried again; 0 if trying again is of no use. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
