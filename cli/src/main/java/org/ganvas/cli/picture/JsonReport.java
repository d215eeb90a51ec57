package org.ganvas.cli.picture;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import org.ganvas.cli.console.JsonLines;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.inference.task.Progress;

/** One JSON object a line for each photo, for programs. */
final class JsonReport implements Report {
  private final JsonLines lines;
  private final String model;

  JsonReport(PrintWriter out, String model) {
    this.lines = new JsonLines(out);
    this.model = model;
  }

  @Override
  public Progress started(Photo photo, Tally before) {
    return Progress.NONE;
  }

  @Override
  public void ended(Photo photo, Outcome outcome) {
    JsonObject line = new JsonObject();
    line.addProperty("input", photo.input().toString());
    line.addProperty("output", photo.output().toString());
    if (outcome instanceof Outcome.Done done) {
      line.addProperty("status", "done");
      line.addProperty("model", model);
      addResult(line, done);
    } else if (outcome instanceof Outcome.Failed failed) {
      line.addProperty("status", "failed");
      line.addProperty("message", failed.message());
    } else {
      line.addProperty("status", "skipped");
    }
    lines.print(line);
  }

  private static void addResult(JsonObject line, Outcome.Done done) {
    ProgramMethod method = done.result().method();
    line.addProperty("method", method.methodName());
    line.addProperty("width", done.result().width());
    line.addProperty("height", done.result().height());
    line.addProperty("seconds", JsonLines.seconds(done.seconds()));
    JsonArray warnings = new JsonArray();
    done.result().warnings().forEach(warnings::add);
    line.add("warnings", warnings);
  }

  @Override
  public void summary(Tally tally) {
    // Every line has been written; a program counts them itself.
  }
}
