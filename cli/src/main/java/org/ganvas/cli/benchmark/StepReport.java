package org.ganvas.cli.benchmark;

import com.google.gson.GsonBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.benchmark.NetworkTimes;
import org.ganvas.training.benchmark.StepBenchmark;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.run.TrainingObserver;

/**
 * What was measured of a training method's steps.
 *
 * @param repeats steps of each way
 * @param ways the plain one first
 * @param networks passes alone, by the networks' names
 */
record StepReport(
    TrainingPlan plan, int repeats, List<Way> ways, Map<String, NetworkTimes> networks) {
  /** The way in which each network computes by its own fastest method. */
  static final String FASTEST = "fastest_of_each_network";

  private static final String REST = "the rest";
  private static final double NANOS_PER_MILLISECOND = 1e6;

  /**
   * Whole steps, computed in one way.
   *
   * @param computing by which method each network computes
   * @param milliseconds of a step, with the waiting
   * @param waiting share of the time in which the step waited for its pictures, 0 to 1
   */
  record Way(
      String name, Map<String, ProgramMethod> computing, Spread milliseconds, double waiting) {
    static Way of(
        String name, Map<String, ProgramMethod> computing, List<TrainingObserver.Step> steps) {
      double[] whole =
          steps.stream()
              .mapToDouble(step -> (step.stepNanos() + step.waitNanos()) / NANOS_PER_MILLISECOND)
              .toArray();
      double sum = 0;
      double waited = 0;
      for (TrainingObserver.Step step : steps) {
        sum += step.stepNanos() + step.waitNanos();
        waited += step.waitNanos();
      }
      return new Way(name, computing, Spread.of(whole), waited / sum);
    }
  }

  private double timesPlain(Way way) {
    return ways.get(0).milliseconds.median() / way.milliseconds.median();
  }

  /** Milliseconds of a step by what takes them. */
  private Map<String, Double> parts(Way way) {
    Map<String, Double> parts = new LinkedHashMap<>();
    double rest = way.milliseconds.median();
    for (Map.Entry<String, NetworkTimes> network : networks.entrySet()) {
      ProgramMethod method = way.computing.get(network.getKey());
      double time = Objects.requireNonNull(network.getValue().milliseconds().get(method));
      parts.put(network.getKey(), time);
      rest -= time;
    }
    parts.put(REST, rest);
    return parts;
  }

  /** Tables for people. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        line(
            "Milliseconds of a step of %s, batches of %d: median (smallest to largest) of %d,",
            plan.method(), plan.data().batch(), repeats));
    text.append(
        line(
            "after %d to warm up, on %d processors.",
            StepBenchmark.WARM_UP_STEPS, Runtime.getRuntime().availableProcessors()));
    text.append(line(""));
    ways.forEach(way -> text.append(line(way)));
    text.append(line("")).append(line("Where they go: each network's passes, measured alone."));
    text.append(line("")).append(header());
    for (Way way : ways) {
      StringBuilder row = new StringBuilder("  %-24s".formatted(way.name));
      parts(way).values().forEach(time -> row.append(cell(format("%.1f", time))));
      text.append(line("%s", row));
    }
    text.append(line("")).append(line("The fastest of each network:"));
    networks.forEach(
        (network, times) -> text.append(line("  %s: %s", network, times.fastest().methodName())));
    return text.toString().stripTrailing();
  }

  private String line(Way way) {
    Spread spread = way.milliseconds;
    return line(
        "  %-24s %8.1f  (%.1f to %.1f)  %.1f times the plain way, %.1f%% waiting for pictures",
        way.name, spread.median(), spread.min(), spread.max(), timesPlain(way), 100 * way.waiting);
  }

  private String header() {
    StringBuilder names = new StringBuilder(" ".repeat(26));
    StringBuilder passes = new StringBuilder(" ".repeat(26));
    networks.forEach(
        (network, times) -> {
          names.append(cell(network));
          passes.append(cell(times.passes() == 1 ? "1 pass" : times.passes() + " passes"));
        });
    return line("%s", names.append(cell(REST))) + line("%s", passes);
  }

  private static String cell(String text) {
    return "%15s".formatted(text);
  }

  private static String line(String format, Object... values) {
    return format(format, values) + System.lineSeparator();
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** The same as JSON. */
  String json() {
    Map<String, Object> steps = new LinkedHashMap<>();
    for (Way way : ways) {
      Map<String, String> computing = new LinkedHashMap<>();
      way.computing.forEach((network, method) -> computing.put(network, method.methodName()));
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("computing", computing);
      figures.put("milliseconds", way.milliseconds);
      figures.put("timesPlain", timesPlain(way));
      figures.put("waitingShare", way.waiting);
      figures.put("millisecondsOf", parts(way));
      steps.put(way.name, figures);
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("method", plan.method());
    report.put("batch", plan.data().batch());
    report.put("repeats", repeats);
    report.put("processors", Runtime.getRuntime().availableProcessors());
    report.put("steps", steps);
    return new GsonBuilder().setPrettyPrinting().create().toJson(report);
  }
}
