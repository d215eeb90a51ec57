package org.ganvas.cli.benchmark;

import org.ganvas.training.recipe.Recipe;
import org.ganvas.training.recipe.Recipes;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ganvas benchmark-training}: one subcommand for each training method. */
@Command(
    name = "benchmark-training",
    description = {
      "Measures the steps of a training on this machine: how long they take by each"
          + " precision and memory layout, and which network takes how much of that.",
      "Let nothing else run meanwhile."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "METHOD",
    commandListHeading = "%nMethods, each with its own --help:%n")
public final class BenchmarkTrainingCommand {

  /** Gives the command its methods. */
  public static void addMethods(CommandLine benchmark) {
    for (Recipe recipe : Recipes.all()) {
      benchmark.addSubcommand(recipe.name(), BenchmarkMethodCommand.commandLine(recipe));
    }
  }
}
