package org.ganvas.cli.generate;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.ganvas.cli.console.JsonLines;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.inference.task.Sample;

/**
 * Tells of the files that {@code generate} wrote.
 *
 * @param model the model's name
 * @param method how it computed
 * @param seconds how long all of it took
 */
record GenerateReport(String model, ProgramMethod method, double seconds) {
  String text(GeneratedFiles.Written file) {
    return "%s (%dx%d)".formatted(file.file(), file.width(), file.height());
  }

  String json(GeneratedFiles.Written file) {
    JsonObject line = new JsonObject();
    line.addProperty("output", file.file().toString());
    line.addProperty("status", "done");
    line.addProperty("model", model);
    line.addProperty("method", method.methodName());
    line.addProperty("width", file.width());
    line.addProperty("height", file.height());
    line.addProperty("seconds", JsonLines.seconds(seconds));
    JsonArray pictures = new JsonArray();
    for (Sample sample : file.samples()) {
      JsonObject shown = new JsonObject();
      shown.addProperty("name", sample.name());
      shown.addProperty("label", sample.label());
      pictures.add(shown);
    }
    line.add("pictures", pictures);
    return JsonLines.text(line);
  }
}
