package org.ganvas.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import org.ganvas.inference.model.ModelException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code ganvas}: the whole command line. */
@Command(
    name = "ganvas",
    description =
        "Upscales, translates and generates pictures with neural networks, and trains these.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    subcommands = {
      UpscaleCommand.class,
      TranslateCommand.class,
      GenerateCommand.class,
      ServeCommand.class,
      ModelsCommand.class,
      BenchmarkCommand.class,
      TrainCommand.class,
      BenchmarkTrainingCommand.class,
      DegradeCommand.class,
      ReportCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      EvaluateCommand.class,
      EvaluateTranslationCommand.class,
      EvaluateGeneratorCommand.class,
      BlendCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:something failed", "2:wrong usage"})
public final class Ganvas {
  private static final String DEBUG = "GANVAS_DEBUG";

  public static void main(String[] arguments) {
    // All texts are English, so their numbers are, too.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    System.exit(commandLine().execute(arguments));
  }

  /** The command line, for {@link #main} and for tests. */
  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Ganvas());
    TrainCommand.addMethods(subcommand(commandLine, "train"));
    BenchmarkTrainingCommand.addMethods(subcommand(commandLine, "benchmark-training"));
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Ganvas::refuse)
        .setExecutionExceptionHandler(Ganvas::fail);
  }

  private static CommandLine subcommand(CommandLine commandLine, String name) {
    return Objects.requireNonNull(commandLine.getSubcommands().get(name));
  }

  /** Wrong usage is answered in two lines; the whole usage is long and would hide them. */
  private static int refuse(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println(name + ": " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("see " + name + " --help");
    return ExitCode.USAGE;
  }

  /**
   * Whatever a command throws becomes one line; with GANVAS_DEBUG set, a stack trace before it. The
   * name of a model that nobody knows is wrong usage.
   */
  private static int fail(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (System.getenv(DEBUG) != null) {
      e.printStackTrace(err);
    }
    err.println(command.getCommandSpec().qualifiedName() + ": " + Failures.message(e));
    return e instanceof ModelException refusal && refusal.reason() == ModelException.Reason.UNKNOWN
        ? ExitCode.USAGE
        : ExitCode.SOFTWARE;
  }
}
