package org.ganvas.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.ganvas.inference.model.ModelException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code ganvas}: the whole command line. */
@Command(
    name = "ganvas",
    description =
        "Upscales, translates and generates pictures with neural networks, and trains these.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:something failed", "2:wrong usage"})
public final class Ganvas {
  private static final String DEBUG = "GANVAS_DEBUG";

  /** In the order in which the help lists them. */
  private static final List<Class<?>> COMMANDS =
      List.of(
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
          BlendCommand.class);

  public static void main(String[] arguments) {
    // All texts are English, so their numbers are, too.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    // Pictures and charts need no screen: one that cannot be reached would end the command.
    System.setProperty("java.awt.headless", "true");
    System.exit(printed(commandLine(arguments).execute(arguments)));
  }

  /** Java keeps to itself that something could not be printed; who reads it must know. */
  private static int printed(int exitCode) {
    if (!System.out.checkError()) {
      return exitCode;
    }
    System.err.println(
        "ganvas: standard output has to take all that is printed, found it closed or full;"
            + " read it to its end, or make room");
    return exitCode == ExitCode.OK ? ExitCode.SOFTWARE : exitCode;
  }

  /** The command line that these arguments need, for {@link #main} and for tests. */
  static CommandLine commandLine(String... arguments) {
    CommandLine commandLine = new CommandLine(new Ganvas());
    commands(arguments).forEach(commandLine::addSubcommand);
    addMethods(commandLine, "train", TrainCommand::addMethods);
    addMethods(commandLine, "benchmark-training", BenchmarkTrainingCommand::addMethods);
    tellVersion(commandLine);
    return commandLine
        .setExpandAtFiles(false) // photos may be called @cat.jpg
        .registerConverter(Path.class, new Converters.File())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Ganvas::refuse)
        .setExecutionExceptionHandler((e, command, parsed) -> fail(e, command));
  }

  /** The one that is named, if one is: to read what all of them take is a third of a start. */
  private static List<Class<?>> commands(String... arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    return COMMANDS.stream()
        .filter(command -> command.getAnnotation(Command.class).name().equals(first))
        .findFirst()
        .<List<Class<?>>>map(List::of)
        .orElse(COMMANDS);
  }

  private static void addMethods(
      CommandLine commandLine, String name, Consumer<CommandLine> methods) {
    CommandLine command = commandLine.getSubcommands().get(name);
    if (command != null) {
      methods.accept(command);
    }
  }

  /** To all commands, since --version is among the standard options of each. */
  private static void tellVersion(CommandLine command) {
    command.getCommandSpec().versionProvider(new VersionProvider());
    command.getSubcommands().values().forEach(Ganvas::tellVersion);
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
   *
   * @return the exit code
   */
  static int fail(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    if (System.getenv(DEBUG) != null) {
      e.printStackTrace(err);
    }
    String name = command.getCommandSpec().qualifiedName();
    Terminal.tell(err, name + ": " + Failures.message(e));
    return e instanceof ModelException refusal && refusal.reason() == ModelException.Reason.UNKNOWN
        ? ExitCode.USAGE
        : ExitCode.SOFTWARE;
  }
}
