package org.ganvas.training.plan;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A setting that a run is continued with otherwise than before.
 *
 * @param setting such as {@code data.batch}
 * @param before its value so far, as JSON
 * @param after its value from now on
 */
public record PlanChange(String setting, String before, String after) {
  /** Those that name weights to begin with; a checkpoint's replace them. */
  private static final Pattern START = Pattern.compile("settings\\.(generator|(.+\\.)?startFrom)");

  /** The settings of one method that differ. */
  public static List<PlanChange> between(TrainingPlan before, TrainingPlan after) {
    List<PlanChange> changes = new ArrayList<>();
    compare("", PlanDraft.tree(before), PlanDraft.tree(after), changes);
    return changes;
  }

  private static void compare(
      String parent, JsonObject before, JsonObject after, List<PlanChange> changes) {
    for (Map.Entry<String, JsonElement> entry : after.entrySet()) {
      String setting = parent + entry.getKey();
      JsonElement old = Objects.requireNonNullElse(before.get(entry.getKey()), JsonNull.INSTANCE);
      JsonElement now = entry.getValue();
      if (old.isJsonObject() && now.isJsonObject()) {
        compare(setting + ".", old.getAsJsonObject(), now.getAsJsonObject(), changes);
      } else if (!old.equals(now)) {
        changes.add(new PlanChange(setting, old.toString(), now.toString()));
      }
    }
  }

  /** Whether it says what a run begins with, which one that is continued does not look at. */
  public boolean isOfTheStart() {
    return START.matcher(setting).matches();
  }
}
