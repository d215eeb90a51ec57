package org.ganvas.cli.console;

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
public record JsonLines(PrintWriter out) {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  /** Prints an object, at once. */
  public void print(JsonObject line) {
    out.println(text(line));
    out.flush();
  }

  /** An object as one line. */
  public static String text(JsonObject line) {
    return GSON.toJson(line);
  }

  /** To a thousandth. */
  public static double seconds(double exactly) {
    return Math.round(exactly * 1000) / 1000.0;
  }

  /** JSON has no infinity, which is the ratio of equal pictures. */
  public static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
