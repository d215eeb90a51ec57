package org.ganvas.cli.train;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ganvas.training.plan.PlanDraft;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.recipe.PlanOption;
import org.ganvas.training.recipe.Recipe;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options that make a training method's plan, for every command that takes one. */
public final class PlanArguments {
  private final Recipe recipe;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "Settings as JSON; options go before them.")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Any other setting of the plan, such as networks.generator.firstBeta=0.5.")
  private Map<String, String> others = new LinkedHashMap<>();

  public PlanArguments(Recipe recipe) {
    this.recipe = recipe;
  }

  /** Gives the command the options of the method itself. */
  public void addMethodOptions(CommandSpec command) {
    PlanDraft defaults = recipe.draft();
    recipe.options().forEach(option -> command.addOption(PlanOptions.spec(option, defaults)));
  }

  /**
   * The plan that the user wants.
   *
   * @param draft what it is where the user says nothing
   * @param anew whether a run begins with it, see {@link Recipe#complete}
   * @param own puts the command's own settings into it, such as the name
   * @throws ParameterException if it cannot be carried out
   * @throws IOException if a file cannot be read
   */
  public TrainingPlan plan(PlanDraft draft, boolean anew, Consumer<PlanDraft> own)
      throws IOException {
    if (file != null) {
      read(file, draft);
    }
    TrainingPlan plan = usage(() -> withOptions(draft, own).finish());
    if (!plan.method().equals(recipe.name())) {
      throw new ParameterException(
          spec.commandLine(),
          "the plan's method is %s, found the command of %s; call %s %s"
              .formatted(
                  plan.method(), recipe.name(), spec.parent().qualifiedName(), plan.method()));
    }
    try {
      return recipe.complete(plan, anew);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void read(Path plan, PlanDraft draft) throws IOException {
    String json = text(plan);
    try {
      draft.over(json);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), plan + ": " + e.getMessage(), e);
    }
  }

  /** Java's own words for what a plan cannot be name no file. */
  private static String text(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("a plan is a JSON file, found a folder at " + file);
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IOException("a plan is JSON in UTF-8, found other bytes in " + file, e);
    }
  }

  private PlanDraft withOptions(PlanDraft draft, Consumer<PlanDraft> own) {
    own.accept(draft);
    for (PlanOption option : recipe.options()) {
      draft.set(option.path(), PlanOptions.value(option, spec));
    }
    others.forEach(draft::setText);
    return draft;
  }

  /** What a plan refuses is wrong usage. */
  private <T> T usage(Supplier<T> settings) {
    try {
      return settings.get();
    } catch (IllegalArgumentException | TypeConversionException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
