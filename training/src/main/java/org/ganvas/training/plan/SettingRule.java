package org.ganvas.training.plan;

import org.jspecify.annotations.Nullable;

/** How settings records check themselves. */
public final class SettingRule {
  private SettingRule() {}

  /**
   * Refuses what breaks a rule.
   *
   * @param rule such as {@code data.batch is 1 to 1024}
   * @throws IllegalArgumentException with the rule and what was found, if it does not hold
   */
  public static void require(boolean holds, String rule, @Nullable Object found) {
    if (!holds) {
      throw new IllegalArgumentException("%s, found %s".formatted(rule, found));
    }
  }

  /** Whether there is a value: Gson leaves null what is null in a file. */
  public static boolean given(@Nullable Object setting) {
    return setting != null;
  }
}
