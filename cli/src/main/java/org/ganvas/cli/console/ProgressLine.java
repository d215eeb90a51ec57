package org.ganvas.cli.console;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import org.ganvas.inference.task.Progress;

/**
 * A line on the terminal that shows how far a photo is. It has no thread of its own: a second busy
 * thread would slow the network down.
 */
public final class ProgressLine {
  private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int BAR = 24;
  private static final int LONGEST_TITLE = 40;
  // ECMA-48: carriage return, erase in line.
  private static final String ERASE = "\r\u001b[K";
  // DECAWM of the VT100: of a line that wraps only the last part could be erased.
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";

  private final PrintWriter terminal;
  private boolean shown;

  /** Shows nothing yet. */
  public ProgressLine(PrintWriter terminal) {
    this.terminal = terminal;
  }

  /** A new line for something else. */
  public Progress begin(String title) {
    String shortened =
        title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE - 1) + "\u2026";
    return new Line(Terminal.printable(shortened));
  }

  /** Takes the line away, so that something else can be printed. */
  public void clear() {
    if (shown) {
      terminal.print(ERASE);
      terminal.flush();
      shown = false;
    }
  }

  /** The text of the line. */
  static String text(String title, int done, int total, long nanosecondsSoFar) {
    int percent = (int) (100L * done / total);
    int full = (int) ((long) BAR * done / total);
    String bar = "#".repeat(full) + ".".repeat(BAR - full);
    String left =
        done == 0 ? "" : " " + duration(nanosecondsSoFar / done * (total - done)) + " left";
    return "%s [%s] %d%%%s".formatted(title, bar, percent, left);
  }

  private static String duration(long nanoseconds) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(nanoseconds) + 1;
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  private final class Line implements Progress {
    private final String title;
    private final long start = System.nanoTime();
    private long lastShown = start - INTERVAL;

    Line(String title) {
      this.title = title;
    }

    @Override
    public void advanced(int done, int total) {
      long now = System.nanoTime();
      if (now - lastShown >= INTERVAL) {
        terminal.print(ERASE + NO_WRAP + text(title, done, total, now - start) + WRAP);
        terminal.flush();
        shown = true;
        lastShown = now;
      }
    }
  }
}
