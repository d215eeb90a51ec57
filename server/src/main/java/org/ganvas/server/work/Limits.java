package org.ganvas.server.work;

/** The rule of what the server's options limit. */
public final class Limits {
  private Limits() {}

  /**
   * Refuses a limit that is too small.
   *
   * @param option that sets it, such as {@code --waiting}
   * @throws IllegalArgumentException if it is
   */
  public static void requireAtLeast(String option, long least, long found) {
    if (found < least) {
      throw new IllegalArgumentException(
          "%s is at least %,d, found %,d".formatted(option, least, found));
    }
  }
}
