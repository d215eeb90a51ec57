package org.ganvas.training.run;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.ganvas.training.plan.PlanChange;

/**
 * Averages the figures of a number of steps, each over those that have it, and writes them as a
 * JSON line into the run's log, and as a sentence to whoever wants to read along.
 */
final class LogObserver implements TrainingObserver {
  private static final String WARNING = "warning";

  private final Path log;
  private final long interval;
  private final long lastStep;
  private final Consumer<String> reader;
  private final Gson gson = new Gson();
  private final Map<String, DoubleSummaryStatistics> means = new LinkedHashMap<>();
  private long steps;
  private long stepNanos;
  private long waitNanos;
  private double smoothedSeconds;
  private long lastLine = System.nanoTime();

  /**
   * @param log JSON lines are added to this file
   * @param interval steps that a line averages
   * @param lastStep of the whole run
   * @param reader takes the sentences
   */
  LogObserver(Path log, long interval, long lastStep, Consumer<String> reader) {
    this.log = log;
    this.interval = interval;
    this.lastStep = lastStep;
    this.reader = reader;
  }

  @Override
  public void stepped(Step step) throws IOException {
    steps++;
    stepNanos += step.stepNanos();
    waitNanos += step.waitNanos();
    step.figures()
        .forEach(
            (name, value) ->
                means.computeIfAbsent(name, unused -> new DoubleSummaryStatistics()).accept(value));
    if (step.number() % interval == 0) {
      write(step);
    }
  }

  @Override
  public void ended(Step last) throws IOException {
    if (steps > 0) {
      write(last);
    }
  }

  /** Into the log and so the report alone, for what ends a run is told by whoever started it. */
  @Override
  public void diverged(Step last, String reason) throws IOException {
    ended(last);
    append(last.number(), Map.of(WARNING, reason));
  }

  private void write(Step step) throws IOException {
    double seconds = (stepNanos + waitNanos) / 1e9 / steps;
    // Whole time, for validations and checkpoints are to come as well.
    double wholeSeconds = (System.nanoTime() - lastLine) / 1e9 / steps;
    lastLine = System.nanoTime();
    smoothedSeconds =
        smoothedSeconds == 0 ? wholeSeconds : 0.9 * smoothedSeconds + 0.1 * wholeSeconds;
    double waiting = (double) waitNanos / (stepNanos + waitNanos);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("learningRate", step.learningRate());
    means.forEach((name, mean) -> figures.put(name, mean.getAverage()));
    figures.put("secondsPerStep", seconds);
    figures.put("waitingShare", waiting);
    write(step.number(), figures, sentence(step, seconds, waiting));
    means.clear();
    steps = 0;
    stepNanos = 0;
    waitNanos = 0;
  }

  /**
   * Writes a line of figures, and the sentence that says the same.
   *
   * @param step that they belong to
   */
  void write(long step, Map<String, Object> figures, String sentence) throws IOException {
    append(step, figures);
    reader.accept(sentence);
  }

  private void append(long step, Map<String, Object> figures) throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", Instant.now().toString());
    line.put("step", step);
    figures.forEach((name, value) -> line.put(name, isJson(value) ? value : value.toString()));
    try (Writer out =
        Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(gson.toJson(line) + "\n");
    }
  }

  /** Writes a sentence that says what is wrong and what helps, to the reader too. */
  void warn(long step, String sentence) throws IOException {
    String when = step == 0 ? "" : " after step " + step;
    write(step, Map.of(WARNING, sentence), "warning%s: %s".formatted(when, sentence));
  }

  /** Writes what is otherwise from that step on; the report has it among the warnings. */
  void note(long step, PlanChange change) throws IOException {
    String sentence =
        "from step %d on %s is %s, it was %s"
            .formatted(step, change.setting(), change.after(), change.before());
    write(step, Map.of(WARNING, sentence), sentence);
  }

  /** JSON has no infinity, which is the PSNR of a flat picture. */
  private static boolean isJson(Object value) {
    return !(value instanceof Double number) || Double.isFinite(number);
  }

  private String sentence(Step step, double seconds, double waiting) {
    StringBuilder losses = new StringBuilder();
    means.forEach((name, mean) -> losses.append("  %s %.5f".formatted(name, mean.getAverage())));
    long left = (long) ((lastStep - step.number()) * smoothedSeconds);
    return "step %d/%d%s  lr %.2e  %.2f steps/s  waiting %.1f%%  left %d:%02d:%02d"
        .formatted(
            step.number(),
            lastStep,
            losses,
            step.learningRate(),
            1 / seconds,
            100 * waiting,
            left / 3600,
            left / 60 % 60,
            left % 60);
  }
}
