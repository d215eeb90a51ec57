package org.ganvas.server.work;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.ganvas.inference.model.Task;

/** What can be asked for, by the name that it has in the API. */
public enum TaskKind {
  UPSCALE(Task.SUPER_RESOLUTION),
  TRANSLATE(Task.TRANSLATION),
  GENERATE(Task.GENERATION);

  private final Task modelTask;

  TaskKind(Task modelTask) {
    this.modelTask = modelTask;
  }

  /** What a model for it is trained for. */
  public Task modelTask() {
    return modelTask;
  }

  /** Its name in the API, such as {@code upscale}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind with this name in the API. */
  public static Optional<TaskKind> labelled(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
  }

  /** What a model of this task does. */
  public static TaskKind of(Task task) {
    return switch (task) {
      case SUPER_RESOLUTION -> UPSCALE;
      case TRANSLATION -> TRANSLATE;
      case GENERATION -> GENERATE;
    };
  }
}
