package org.ganvas.training.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The settings of a plan by their path, such as {@code data.batch}: any JSON object, for a report
 * need not know what each training method can be told.
 *
 * @param settings in the order of the file
 */
record PlanTable(Map<String, String> settings) {

  /**
   * Reads a plan.
   *
   * @throws IOException if there is none, or it is no JSON object
   */
  static PlanTable read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(
          "a run's folder has a plan.json, found none in %s; name the folder of a run"
              .formatted(file.toAbsolutePath().getParent()));
    }
    try {
      Map<String, String> settings = new LinkedHashMap<>();
      flatten("", JsonParser.parseString(Files.readString(file)).getAsJsonObject(), settings);
      return new PlanTable(settings);
    } catch (JsonParseException | IllegalStateException e) {
      throw new IOException("%s is a JSON object: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static void flatten(String path, JsonObject object, Map<String, String> settings) {
    object
        .entrySet()
        .forEach(
            entry -> {
              if (entry.getValue().isJsonObject()) {
                flatten(path + entry.getKey() + ".", entry.getValue().getAsJsonObject(), settings);
              } else if (!entry.getValue().isJsonNull()) {
                settings.put(path + entry.getKey(), text(entry.getValue()));
              }
            });
  }

  private static String text(JsonElement value) {
    if (value.isJsonPrimitive()) {
      return value.getAsString();
    }
    if (value.isJsonArray()) {
      return StreamSupport.stream(value.getAsJsonArray().spliterator(), false)
          .map(PlanTable::text)
          .collect(Collectors.joining("\n"));
    }
    if (value.isJsonObject()) {
      return value.getAsJsonObject().entrySet().stream()
          .filter(entry -> !entry.getValue().isJsonNull())
          .map(entry -> entry.getKey() + " " + text(entry.getValue()))
          .collect(Collectors.joining(", "));
    }
    return "";
  }

  /** A setting's value, or {@code otherwise}. */
  String get(String path, String otherwise) {
    return settings.getOrDefault(path, otherwise);
  }
}
