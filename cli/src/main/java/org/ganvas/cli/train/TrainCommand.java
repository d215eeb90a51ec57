package org.ganvas.cli.train;

import org.ganvas.training.recipe.Recipe;
import org.ganvas.training.recipe.Recipes;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ganvas train}: one subcommand for each training method. */
@Command(
    name = "train",
    description = "Trains a network on your pictures and exports it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "METHOD",
    commandListHeading = "%nMethods, each with its own --help:%n")
public final class TrainCommand {

  /** Gives the command its methods. */
  public static void addMethods(CommandLine train) {
    for (Recipe recipe : Recipes.all()) {
      train.addSubcommand(recipe.name(), TrainMethodCommand.commandLine(recipe));
    }
  }
}
