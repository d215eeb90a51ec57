package org.ganvas.cli.picture;

import java.io.PrintWriter;
import java.util.Locale;
import org.ganvas.cli.console.ProgressLine;
import org.ganvas.cli.console.Terminal;
import org.ganvas.inference.task.PictureResult;
import org.ganvas.inference.task.Progress;

/**
 * Lines for people: errors and warnings always, and on a terminal a progress line and each result.
 */
final class TextReport implements Report {
  /** How much is told. */
  enum Detail {
    /** Errors only. */
    ERRORS,
    /** Errors, warnings, and how many photos it was. */
    SUMMARY,
    /** Everything, with a line that moves. */
    TERMINAL
  }

  private final PrintWriter err;
  private final Detail detail;
  private final ProgressLine line;

  TextReport(PrintWriter err, Detail detail) {
    this.err = err;
    this.detail = detail;
    this.line = new ProgressLine(err);
  }

  @Override
  public Progress started(Photo photo, Tally before) {
    if (detail != Detail.TERMINAL) {
      return Progress.NONE;
    }
    String count = before.total() > 1 ? (before.ended() + 1) + "/" + before.total() + " " : "";
    return line.begin(count + photo.input().getFileName());
  }

  @Override
  public void ended(Photo photo, Outcome outcome) {
    line.clear();
    if (outcome instanceof Outcome.Failed failed) {
      print(photo.input() + ": " + failed.message());
    } else if (outcome instanceof Outcome.Done done) {
      tell(photo, done);
    } else if (detail != Detail.ERRORS) {
      print(photo.output() + " exists already, skipped; --overwrite replaces it");
    }
  }

  private void tell(Photo photo, Outcome.Done done) {
    if (detail != Detail.ERRORS) {
      done.result().warnings().forEach(warning -> print(photo.input() + ": " + warning));
    }
    if (detail == Detail.TERMINAL) {
      PictureResult result = done.result();
      print(
          String.format(
              Locale.ROOT,
              "%s -> %s (%dx%d, %.1f s)",
              photo.input(),
              photo.output(),
              result.width(),
              result.height(),
              done.seconds()));
    }
  }

  @Override
  public void summary(Tally tally) {
    line.clear();
    if (detail != Detail.ERRORS && (tally.total() != 1 || tally.results() > 0)) {
      int left = tally.total() - tally.ended();
      print(
          "%d photos: %d done, %d existed already, %d failed%s%s"
              .formatted(
                  tally.total(),
                  tally.done(),
                  tally.skipped(),
                  tally.failed(),
                  left > 0 ? ", " + left + " left" : "",
                  tally.results() > 0
                      ? "; left out as results: %d".formatted(tally.results())
                      : ""));
    }
  }

  private void print(String text) {
    Terminal.tell(err, text);
  }
}
