package org.ganvas.cli.option;

import java.nio.file.Files;
import java.nio.file.Path;
import org.ganvas.inference.model.ModelCatalogue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of commands that make a model: the file it is written to. */
public final class ModelOutput {
  private static final String ENDING = ".pt";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to write. Default: NAME.pt beside the other models.")
  private @Nullable Path output;

  @Option(names = "--overwrite", description = "Replace the file if it exists.")
  private boolean overwrite;

  /** What the file that was named says about the model's name; null if none was. */
  public @Nullable String nameOfFile() {
    Path last = output == null ? null : output.getFileName();
    if (last == null) {
      return null;
    }
    String text = last.toString();
    return text.endsWith(ENDING) ? text.substring(0, text.length() - ENDING.length()) : text;
  }

  /**
   * The file for a model.
   *
   * @throws ParameterException as {@link #requireFree} says
   */
  public Path file(String name) {
    Path file = output == null ? ModelCatalogue.installedFolder().resolve(name + ENDING) : output;
    requireFree(command, file, overwrite);
    return file;
  }

  /**
   * Refuses a file before anything is computed for it.
   *
   * @throws ParameterException if it is a folder, or exists and may not be replaced, or a file is
   *     in the place of its folder
   */
  public static void requireFree(CommandSpec command, Path file, boolean overwrite) {
    requirePlace(command, file);
    if (!overwrite && Files.exists(file)) {
      throw new ParameterException(
          command.commandLine(), file + " exists already; give --overwrite to replace it");
    }
  }

  /**
   * Refuses a file that could not be written, before anything is computed for it.
   *
   * @throws ParameterException if it is a folder, or a file is in the place of its folder
   */
  public static void requirePlace(CommandSpec command, Path file) {
    if (Files.isDirectory(file)) {
      throw new ParameterException(
          command.commandLine(),
          "one file is written, found the folder %s; name a file in it".formatted(file));
    }
    Path obstacle = Obstacle.before(file);
    if (obstacle != null) {
      throw new ParameterException(
          command.commandLine(),
          "a file is written into a folder, found %s, which is none; name another"
              .formatted(obstacle));
    }
  }
}
