package org.ganvas.training.network;

import java.util.Arrays;
import java.util.List;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.Value;

/** Whether the result, made small again, is brought nearer to the picture that it is made of. */
public enum BackProjection {
  /** It stays as it is. */
  NONE("false"),
  /** In its colours, see {@link Script#projectColors}: also where the picture is a bad one. */
  COLORS("colors"),
  /** In all that the small picture shows, see {@link Script#backProject}. */
  PICTURE("true");

  private final String option;

  BackProjection(String option) {
    this.option = option;
  }

  /** As the option of an architecture. */
  public String option() {
    return option;
  }

  /** The options that there are, the default first. */
  static List<String> options() {
    return Arrays.stream(values()).map(BackProjection::option).toList();
  }

  /**
   * What an option says.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static BackProjection of(String option) {
    return Arrays.stream(values())
        .filter(value -> value.option.equals(option))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "backProjection is %s, found %s"
                        .formatted(String.join(", ", options()), option)));
  }

  /** The result, brought nearer. */
  Value of(Script script, Value enlarged, Value picture, int scale) {
    return switch (this) {
      case NONE -> enlarged;
      case COLORS -> script.projectColors(enlarged, picture, scale);
      case PICTURE -> script.backProject(enlarged, picture, scale);
    };
  }
}
