package org.ganvas.server.job;

import java.util.Locale;

/** How far a job is. From a state that has ended, it only ever goes to {@link #EXPIRED}. */
public enum JobState {
  QUEUED,
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELED,
  /** It succeeded, and its result has been removed. */
  EXPIRED;

  /** Its name in the API and in the database. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean hasEnded() {
    return this != QUEUED && this != RUNNING;
  }
}
