package org.ganvas.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line, for programs.
 *
 * @param out where they are printed, each at once
 */
record JsonLines(PrintWriter out) {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  void print(JsonObject line) {
    out.println(text(line));
    out.flush();
  }

  static String text(JsonObject line) {
    return GSON.toJson(line);
  }

  /** To a thousandth. */
  static double seconds(double exactly) {
    return Math.round(exactly * 1000) / 1000.0;
  }

  /** JSON has no infinity, which is the ratio of equal pictures. */
  static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
