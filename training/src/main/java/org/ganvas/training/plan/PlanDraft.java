package org.ganvas.training.plan;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A plan in the making: a method's defaults, over them a file's settings, over these single ones. A
 * setting that the defaults do not have is refused.
 */
public final class PlanDraft {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  /** Of what Gson says of a text that is no JSON; the rest is for programmers. */
  private static final Pattern PLACE = Pattern.compile("line \\d+ column \\d+");

  private final JsonObject settings;
  private final Gson reader;

  private PlanDraft(JsonObject settings, Class<? extends MethodSettings> type) {
    this.settings = settings;
    Gson ofSettings = reader("settings.").create();
    JsonDeserializer<MethodSettings> own =
        (json, declared, context) -> ofSettings.fromJson(json, type);
    this.reader = reader("").registerTypeAdapter(MethodSettings.class, own).create();
  }

  private static GsonBuilder reader(String parent) {
    return GSON.newBuilder().registerTypeAdapterFactory(new SettingAdapters(parent));
  }

  /**
   * A draft that holds a training method's defaults.
   *
   * @param defaults a whole plan as JSON
   * @param type the record of the method's own settings
   */
  public static PlanDraft of(String defaults, Class<? extends MethodSettings> type) {
    return new PlanDraft(JsonParser.parseString(defaults).getAsJsonObject(), type);
  }

  /**
   * Puts the settings of a plan file over those that are there.
   *
   * @throws IllegalArgumentException if it is no JSON object, or has an unknown setting
   */
  public PlanDraft over(String json) {
    JsonElement plan = parse(json);
    if (!plan.isJsonObject()) {
      throw new IllegalArgumentException(
          "a plan is a JSON object, found none; put the settings into braces");
    }
    merge("", settings, plan.getAsJsonObject());
    return this;
  }

  private static JsonElement parse(String json) {
    try {
      return JsonParser.parseString(json);
    } catch (JsonParseException e) {
      Matcher place = PLACE.matcher(reason(e));
      throw new IllegalArgumentException(
          "a plan is a JSON object, found something else%s; correct that"
              .formatted(place.find() ? " at " + place.group() : ""),
          e);
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
   * @throws IllegalArgumentException if there is no such setting
   */
  public PlanDraft set(String path, @Nullable Object value) {
    return value == null ? this : set(path, GSON.toJsonTree(value));
  }

  /**
   * Sets one setting to what a user wrote: JSON, or else a text.
   *
   * @param path such as {@code data.batch}
   * @throws IllegalArgumentException if there is no such setting
   */
  public PlanDraft setText(String path, String text) {
    JsonElement value;
    try {
      value = JsonParser.parseString(text);
    } catch (JsonParseException e) {
      value = new JsonPrimitive(text);
    }
    return set(path, value);
  }

  private PlanDraft set(String path, JsonElement value) {
    JsonElement file = value;
    List<String> parts = Arrays.asList(path.split("\\.", -1));
    for (int i = parts.size() - 1; i >= 0; i--) {
      JsonObject parent = new JsonObject();
      parent.add(parts.get(i), file);
      file = parent;
    }
    merge("", settings, file.getAsJsonObject());
    return this;
  }

  /**
   * What a setting is so far, as JSON; empty if it is null or there is none.
   *
   * @param path such as {@code data.batch}
   */
  public Optional<String> get(String path) {
    JsonElement found = settings;
    for (String part : path.split("\\.")) {
      found = found.isJsonObject() ? found.getAsJsonObject().get(part) : null;
      if (found == null || found.isJsonNull()) {
        return Optional.empty();
      }
    }
    return Optional.of(found.isJsonPrimitive() ? found.getAsString() : found.toString());
  }

  /**
   * The plan.
   *
   * @throws IllegalArgumentException if a setting has the wrong type or breaks its rule
   */
  public TrainingPlan finish() {
    try {
      return reader.fromJson(GSON.toJson(settings), TrainingPlan.class);
    } catch (JsonParseException | NumberFormatException | NullPointerException e) {
      throw new IllegalArgumentException("a setting has the wrong type: " + reason(e), e);
    } catch (RuntimeException e) {
      // Gson wraps what a record's constructor throws.
      Throwable cause = e.getCause();
      while (cause != null && !(cause instanceof IllegalArgumentException)) {
        cause = cause.getCause();
      }
      throw cause == null ? e : new IllegalArgumentException(cause.getMessage(), e);
    }
  }

  /** What Gson says, without its second line, which is a link to its documentation. */
  private static String reason(RuntimeException e) {
    Throwable problem = e.getCause() == null ? e : e.getCause();
    return String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
  }

  static JsonObject tree(TrainingPlan plan) {
    return GSON.toJsonTree(plan).getAsJsonObject();
  }

  /** A plan as its file holds it. */
  public static String json(TrainingPlan plan) {
    return GSON.toJson(plan) + "\n";
  }
}
