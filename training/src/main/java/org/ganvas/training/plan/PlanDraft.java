package org.ganvas.training.plan;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan in the making: a method's defaults, over them a file's settings, over these single ones. A
 * setting that the defaults do not have is refused.
 */
public final class PlanDraft {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  private final JsonObject settings;

  private PlanDraft(JsonObject settings) {
    this.settings = settings;
  }

  /**
   * The defaults of a training method.
   *
   * @throws IllegalArgumentException if there is no such method
   */
  public static PlanDraft defaultsOf(String method) {
    try (InputStream in = PlanDraft.class.getResourceAsStream(method + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException(
            "the training method is super-resolution, found " + method);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new PlanDraft(JsonParser.parseString(text).getAsJsonObject());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Puts the settings of a plan file over those that are there.
   *
   * @throws IllegalArgumentException if it is no JSON object, or has an unknown setting
   */
  public PlanDraft over(String json) {
    try {
      merge("", settings, JsonParser.parseString(json).getAsJsonObject());
      return this;
    } catch (JsonParseException | IllegalStateException e) {
      throw new IllegalArgumentException("a plan is a JSON object: " + e.getMessage(), e);
    }
  }

  private static void merge(String path, JsonObject base, JsonObject file) {
    for (Map.Entry<String, JsonElement> entry : file.entrySet()) {
      JsonElement known = base.get(entry.getKey());
      String setting = path + entry.getKey();
      if (known == null) {
        throw new IllegalArgumentException(
            "a plan has the settings %s, found %s"
                .formatted(String.join(", ", base.keySet()), setting));
      }
      if (known.isJsonObject()) {
        if (!entry.getValue().isJsonObject()) {
          throw new IllegalArgumentException(
              "%s is an object of settings, found %s".formatted(setting, entry.getValue()));
        }
        merge(setting + ".", known.getAsJsonObject(), entry.getValue().getAsJsonObject());
      } else {
        base.add(entry.getKey(), entry.getValue());
      }
    }
  }

  /**
   * Sets one setting, unless the value is null.
   *
   * @param path such as {@code data.batch}
   */
  public PlanDraft set(String path, @Nullable Object value) {
    if (value != null) {
      JsonObject node = settings;
      String[] parts = path.split("\\.");
      for (int i = 0; i < parts.length - 1; i++) {
        node = node.getAsJsonObject(parts[i]);
      }
      if (!node.has(parts[parts.length - 1])) {
        throw new IllegalArgumentException("there is no setting " + path);
      }
      node.add(parts[parts.length - 1], GSON.toJsonTree(value));
    }
    return this;
  }

  /**
   * The plan.
   *
   * @throws IllegalArgumentException if a setting has the wrong type or breaks its rule
   */
  public TrainingPlan finish() {
    try {
      // As text: of a tree Gson would take 2.5 for 2 where a whole number is wanted.
      return GSON.fromJson(GSON.toJson(settings), TrainingPlan.class);
    } catch (JsonParseException | NumberFormatException | NullPointerException e) {
      Throwable problem = e.getCause() == null ? e : e.getCause();
      // Gson's second line is a link to its documentation.
      String reason = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
      throw new IllegalArgumentException("a setting has the wrong type: " + reason, e);
    } catch (RuntimeException e) {
      // Gson wraps what a record's constructor throws.
      Throwable cause = e.getCause();
      while (cause != null && !(cause instanceof IllegalArgumentException)) {
        cause = cause.getCause();
      }
      throw cause == null ? e : new IllegalArgumentException(cause.getMessage(), e);
    }
  }

  /** A plan as its file holds it. */
  public static String json(TrainingPlan plan) {
    return GSON.toJson(plan) + "\n";
  }
}
