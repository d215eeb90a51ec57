package org.ganvas.cli.train;

import java.nio.file.Path;
import java.util.List;
import org.ganvas.training.plan.PlanDraft;
import org.ganvas.training.recipe.PlanOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The settings of a plan as options of the command line. */
final class PlanOptions {
  private PlanOptions() {}

  /**
   * What picocli has to know of an option.
   *
   * @param defaults the plan whose setting is named as the default
   */
  static OptionSpec spec(PlanOption option, PlanDraft defaults) {
    String fallback =
        defaults
            .get(option.path())
            .filter(value -> !value.equals("[]"))
            .map(value -> " Default: %s.".formatted(value))
            .orElse("");
    OptionSpec.Builder spec =
        OptionSpec.builder(option.name())
            .description((option.description() + fallback).replace("%", "%%"));
    return switch (option.kind()) {
      case TEXT -> spec.type(String.class).paramLabel(label(option)).build();
      case WHOLE -> spec.type(Long.class).paramLabel(label(option)).build();
      case NUMBER -> spec.type(Double.class).paramLabel(label(option)).build();
      case FILE -> spec.type(Path.class).paramLabel("FILE").build();
      case FOLDER -> spec.type(Path.class).paramLabel("DIR").build();
      case FOLDERS ->
          spec.type(List.class).auxiliaryTypes(Path.class).arity("1..*").paramLabel("DIR").build();
    };
  }

  private static String label(PlanOption option) {
    return "<%s>".formatted(option.name().substring("--".length()));
  }

  /**
   * What was given for an option, as its setting holds it; null if nothing was.
   *
   * @throws UnmatchedArgumentException if a folder looks like an option: where several folders may
   *     be named, picocli takes an option that it does not know for one more
   */
  static @Nullable Object value(PlanOption option, CommandSpec spec) {
    Object given = spec.findOption(option.name()).getValue();
    if (given instanceof List<?> folders) {
      List<String> names = folders.stream().map(Object::toString).toList();
      List<String> unknown = names.stream().filter(name -> name.startsWith("--")).toList();
      if (!unknown.isEmpty()) {
        throw new UnmatchedArgumentException(spec.commandLine(), unknown);
      }
      return names;
    }
    return given instanceof Path file ? file.toString() : given;
  }
}
