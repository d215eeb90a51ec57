package org.ganvas.training.run;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Writes the run's report now and then, whenever the log has a new line, but never so often that
 * training would be slowed by more than half a percent. A report that cannot be written does not
 * stop the run.
 */
final class ReportObserver implements TrainingObserver {
  /** Time between two reports, in times that a report took. */
  private static final long PATIENCE = 200;

  /** What the first report may take, for code that is new to Java is slow. */
  private static final long FIRST_NANOS = 1_000_000_000;

  private final RunFolder folder;
  private final long interval;
  private final Consumer<String> reader;
  private final LongSupplier clock;
  private long next;
  private boolean failed;

  /**
   * @param interval steps between two lines of the log
   * @param reader is told, once, if reports cannot be written
   */
  ReportObserver(RunFolder folder, long interval, Consumer<String> reader) {
    this(folder, interval, reader, System::nanoTime);
  }

  /**
   * @param clock gives nanoseconds since whenever
   */
  ReportObserver(RunFolder folder, long interval, Consumer<String> reader, LongSupplier clock) {
    this.folder = folder;
    this.interval = interval;
    this.reader = reader;
    this.clock = clock;
    next = clock.getAsLong() + PATIENCE * FIRST_NANOS;
  }

  @Override
  public void stepped(Step step) {
    if (step.number() % interval == 0 && clock.getAsLong() - next >= 0) {
      write();
    }
  }

  @Override
  public void ended(Step last) {
    write();
  }

  @Override
  public void diverged(Step last, String reason) {
    write();
  }

  private void write() {
    if (failed) {
      return;
    }
    long start = clock.getAsLong();
    try {
      folder.writeReport();
    } catch (IOException | RuntimeException | LinkageError | InternalError e) {
      // The errors are what Java throws on machines without fonts.
      failed = true;
      reader.accept("no report is written from now on: " + e);
    }
    long end = clock.getAsLong();
    next = end + PATIENCE * (end - start);
  }
}
