package org.ganvas.training.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ganvas.training.report.SampleStrip.Frame;
import org.jspecify.annotations.Nullable;

/**
 * A run on one HTML page, which needs no other file, no network and no script: charts of every
 * figure in the log, sample pictures over time, timings, warnings and the plan. It is made of the
 * run's files alone and knows no training method.
 */
public final class RunReport {
  /** What every run logs, whatever it trains; shown last. */
  private static final String SECONDS_PER_STEP = "secondsPerStep";

  private static final String WAITING_SHARE = "waitingShare";
  private static final Set<String> OF_THE_LOOP =
      Set.of("learningRate", SECONDS_PER_STEP, WAITING_SHARE);

  /** Log lines that the present pace is the mean of. */
  private static final int RECENT = 20;

  private static final int SHOWN_WARNINGS = 20;

  private final PlanTable plan;
  private final RunLog log;
  private final SampleStrip samples;

  private RunReport(PlanTable plan, RunLog log, SampleStrip samples) {
    this.plan = plan;
    this.log = log;
    this.samples = samples;
  }

  /**
   * The page of a run.
   *
   * @param plan the run's plan, JSON
   * @param log its log, JSON lines; need not exist
   * @param samples folder of its sample pictures, {@code step-NUMBER.png}; need not exist
   * @throws IOException if there is no plan, or a file cannot be read
   */
  public static String html(Path plan, Path log, Path samples) throws IOException {
    RunLog lines = RunLog.read(log);
    return new RunReport(PlanTable.read(plan), lines, SampleStrip.in(samples, lines.lastStep()))
        .page();
  }

  private String page() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("refresh", isFinished() ? "" : "<meta http-equiv=\"refresh\" content=\"60\">");
    parts.put("name", Html.escape(plan.get("name", "a run")));
    parts.put("method", Html.escape(plan.get("method", "training")));
    parts.put("percent", String.valueOf(percent()));
    parts.put("facts", facts());
    parts.put("warnings", warnings());
    parts.put("charts", charts());
    parts.put("samples", strip());
    parts.put("plan", planRows());
    return Html.page("report.html", parts);
  }

  /** Steps of the whole run, or of what was done where the plan doesn't say. */
  private long plannedSteps() {
    String steps = plan.get("optimization.steps", "");
    return steps.matches("\\d{1,15}") ? Long.parseLong(steps) : log.lastStep();
  }

  private boolean isFinished() {
    return log.lastStep() >= plannedSteps();
  }

  private long percent() {
    return plannedSteps() == 0 ? 0 : Math.min(100, 100 * log.lastStep() / plannedSteps());
  }

  private String facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("step", "%,d of %,d".formatted(log.lastStep(), plannedSteps()));
    Curve seconds = log.curves().get(SECONDS_PER_STEP);
    if (seconds != null) {
      double pace = seconds.meanOfLast(RECENT);
      facts.put("steps per second", "%.2f".formatted(1 / pace));
      facts.put("time in steps", duration(timeInSteps(seconds)));
      if (!isFinished()) {
        facts.put("left at this pace", duration(pace * (plannedSteps() - log.lastStep())));
      }
    }
    Curve waiting = log.curves().get(WAITING_SHARE);
    if (waiting != null) {
      facts.put("waiting for pictures", "%.1f%%".formatted(100 * waiting.meanOfLast(RECENT)));
    }
    facts.put("begun (UTC)", time(log.begun()));
    facts.put(isFinished() ? "finished (UTC)" : "last line (UTC)", time(log.written()));
    StringBuilder html = new StringBuilder();
    facts.forEach(
        (name, value) ->
            html.append("<div><dt>%s</dt><dd>%s</dd></div>".formatted(name, Html.escape(value))));
    return html.toString();
  }

  private static double timeInSteps(Curve secondsPerStep) {
    double sum = 0;
    double before = 0;
    for (int i = 0; i < secondsPerStep.length(); i++) {
      sum += secondsPerStep.values()[i] * (secondsPerStep.steps()[i] - before);
      before = secondsPerStep.steps()[i];
    }
    return sum;
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    return "%d:%02d:%02d".formatted(whole / 3600, whole / 60 % 60, whole % 60);
  }

  /** Of 2026-01-31T12:00:00.123Z the minute. */
  private static String time(@Nullable String instant) {
    if (instant == null) {
      return "–";
    }
    return instant.length() < 16 ? instant : instant.substring(0, 16).replace('T', ' ');
  }

  private String warnings() {
    // A warning that was repeated is told once, with the step of the last time.
    Map<String, List<Long>> steps = new LinkedHashMap<>();
    for (RunLog.Warning warning : log.warnings()) {
      steps.computeIfAbsent(warning.sentence(), unused -> new ArrayList<>()).add(warning.step());
    }
    if (steps.isEmpty()) {
      return "<p class=\"quiet\">No warnings.</p>";
    }
    StringBuilder html = new StringBuilder("<ul class=\"warnings\">");
    steps.entrySet().stream()
        .skip(Math.max(0, steps.size() - SHOWN_WARNINGS))
        .forEach(
            entry -> {
              List<Long> at = entry.getValue();
              String when = "step %,d".formatted(at.get(at.size() - 1));
              String count = at.size() == 1 ? "" : ", %d times".formatted(at.size());
              html.append(
                  "<li><b>%s%s</b> %s</li>".formatted(when, count, Html.escape(entry.getKey())));
            });
    return html.append("</ul>").toString();
  }

  private String charts() {
    List<Curve> ordered = new ArrayList<>();
    log.curves().values().stream()
        .filter(curve -> !OF_THE_LOOP.contains(curve.name()))
        .forEach(ordered::add);
    log.curves().values().stream()
        .filter(curve -> OF_THE_LOOP.contains(curve.name()))
        .forEach(ordered::add);
    StringBuilder html = new StringBuilder();
    int id = 0;
    for (ChartGroup group : ChartGroup.of(ordered)) {
      LineChart chart = LineChart.of(group, id++);
      String note = chart.clipped() ? "<p class=\"quiet\">Outliers lie beyond the chart.</p>" : "";
      html.append(
          "<figure><figcaption><h3>%s</h3><span>%s</span></figcaption>%s%s</figure>"
              .formatted(Html.escape(group.heading()), lastValues(group), chart.svg(), note));
    }
    return html.isEmpty() ? "<p class=\"quiet\">Nothing is logged yet.</p>" : html.toString();
  }

  private static String lastValues(ChartGroup group) {
    List<String> values = new ArrayList<>();
    group
        .curves()
        .forEach(
            (name, curve) -> {
              String value = Html.number(curve.last());
              values.add(group.curves().size() == 1 ? value : Html.escape(name) + " " + value);
            });
    return String.join(" · ", values);
  }

  private String strip() {
    if (samples.frames().isEmpty()) {
      return "<p class=\"quiet\">No sample pictures yet.</p>";
    }
    StringBuilder html = new StringBuilder();
    if (log.samples() != null) {
      html.append(
          "<p class=\"quiet legend\">On each picture, %s.</p>"
              .formatted(Html.escape(log.samples())));
    }
    html.append("<div class=\"strip\" tabindex=\"0\">");
    for (Frame frame : samples.frames()) {
      html.append(
          "<figure><img src=\"%s\" width=\"%d\" height=\"%d\" alt=\"samples after step %d\"><figcaption>step %,d</figcaption></figure>"
              .formatted(
                  frame.dataUri(), frame.width(), frame.height(), frame.step(), frame.step()));
    }
    return html.append("</div>").toString();
  }

  private String planRows() {
    StringBuilder html = new StringBuilder();
    plan.settings()
        .forEach(
            (name, value) ->
                html.append(
                    "<tr><th>%s</th><td>%s</td></tr>"
                        .formatted(Html.escape(name), Html.escape(value).replace("\n", "<br>"))));
    return html.toString();
  }
}
