package org.ganvas.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.ganvas.cli.benchmark.BenchmarkCommand;
import org.ganvas.cli.benchmark.BenchmarkTrainingCommand;
import org.ganvas.cli.console.Failures;
import org.ganvas.cli.evaluate.EvaluateCommand;
import org.ganvas.cli.evaluate.EvaluateGeneratorCommand;
import org.ganvas.cli.evaluate.EvaluateTranslationCommand;
import org.ganvas.cli.generate.GenerateCommand;
import org.ganvas.cli.model.BlendCommand;
import org.ganvas.cli.model.ExportCommand;
import org.ganvas.cli.model.ImportCommand;
import org.ganvas.cli.model.ModelsCommand;
import org.ganvas.cli.option.Converters;
import org.ganvas.cli.picture.TranslateCommand;
import org.ganvas.cli.picture.UpscaleCommand;
import org.ganvas.cli.serve.ServeCommand;
import org.ganvas.cli.train.DegradeCommand;
import org.ganvas.cli.train.ReportCommand;
import org.ganvas.cli.train.TrainCommand;
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
        .registerConverter(Double.class, new Converters.DecimalNumber())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Ganvas::refuse)
        .setExecutionExceptionHandler((e, command, parsed) -> Failures.tell(e, command));
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
}
