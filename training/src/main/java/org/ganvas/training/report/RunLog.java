package org.ganvas.training.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of a run's log say. A line is a JSON object with a time and a step; its numbers
 * are figures, the text under "warning" is a sentence, and that under "samples" says what is where
 * on the sample pictures. What a run that was resumed has computed anew replaces what was logged
 * before, and a line that is cut short is passed over.
 *
 * @param curves by name, in the order in which the log names them first
 * @param warnings the sentences, oldest first
 * @param lastStep the highest step of any line, 0 without one
 * @param begun time of the first line, such as {@code 2026-01-31T12:00:00Z}; null without one
 * @param written time of the last line, likewise
 * @param samples what is where on the sample pictures; null if no line says it
 */
record RunLog(
    Map<String, Curve> curves,
    List<Warning> warnings,
    long lastStep,
    @Nullable String begun,
    @Nullable String written,
    @Nullable String samples) {

  private static final String TIME = "time";
  private static final String STEP = "step";
  private static final String WARNING = "warning";
  private static final String SAMPLES = "samples";

  /**
   * What the run warned of.
   *
   * @param step of the line
   * @param sentence what it says
   */
  record Warning(long step, String sentence) {}

  /**
   * Reads a log.
   *
   * @param file JSON lines; no file is an empty log
   * @throws IOException if it cannot be read
   */
  static RunLog read(Path file) throws IOException {
    Reader reader = new Reader();
    if (Files.exists(file)) {
      // Not as strict as Files.readString: a damaged log still tells what it can.
      new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().forEach(reader::line);
    }
    return reader.log();
  }

  private static final class Reader {
    private final Map<String, TreeMap<Long, Double>> figures = new LinkedHashMap<>();
    private final List<Warning> warnings = new ArrayList<>();
    private long lastStep;
    private @Nullable String begun;
    private @Nullable String written;
    private @Nullable String samples;

    void line(String text) {
      try {
        JsonObject line = JsonParser.parseString(text).getAsJsonObject();
        long step = line.get(STEP).getAsBigDecimal().longValueExact();
        if (step < lastStep) {
          forgetFrom(step);
        }
        lastStep = step;
        if (line.has(TIME)) {
          written = line.get(TIME).getAsString();
          begun = begun == null ? written : begun;
        }
        line.entrySet().forEach(entry -> entry(step, entry.getKey(), entry.getValue()));
      } catch (JsonParseException
          | IllegalStateException
          | UnsupportedOperationException
          | ArithmeticException
          | NumberFormatException
          | NullPointerException e) {
        // Cut short, or no line of figures.
      }
    }

    private void forgetFrom(long step) {
      figures.values().forEach(points -> points.tailMap(step, true).clear());
      warnings.removeIf(warning -> warning.step >= step);
    }

    private void entry(long step, String name, JsonElement value) {
      if (name.equals(WARNING)) {
        Warning warning = new Warning(step, value.getAsString());
        // A run that goes on from just before this step says it once more.
        if (!warnings.contains(warning)) {
          warnings.add(warning);
        }
      } else if (name.equals(SAMPLES)) {
        samples = value.getAsString();
      } else if (!name.equals(STEP)
          && value.isJsonPrimitive()
          && value.getAsJsonPrimitive().isNumber()
          && Double.isFinite(value.getAsDouble())) {
        figures.computeIfAbsent(name, unused -> new TreeMap<>()).put(step, value.getAsDouble());
      }
    }

    RunLog log() {
      Map<String, Curve> curves = new LinkedHashMap<>();
      figures.forEach(
          (name, points) -> {
            if (!points.isEmpty()) {
              double[] steps = points.keySet().stream().mapToDouble(Long::doubleValue).toArray();
              double[] values = points.values().stream().mapToDouble(Double::doubleValue).toArray();
              curves.put(name, new Curve(name, steps, values));
            }
          });
      return new RunLog(curves, List.copyOf(warnings), lastStep, begun, written, samples);
    }
  }
}
