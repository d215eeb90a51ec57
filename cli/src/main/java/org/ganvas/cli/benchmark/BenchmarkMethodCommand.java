package org.ganvas.cli.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ganvas.cli.console.Terminal;
import org.ganvas.cli.option.DeviceOption;
import org.ganvas.cli.train.PlanArguments;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.benchmark.NetworkTimes;
import org.ganvas.training.benchmark.StepBenchmark;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.recipe.Recipe;
import org.ganvas.training.run.TrainingPrecision;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ganvas benchmark-training METHOD}: how long the steps of one training method take. */
@Command(
    description = {
      "Measures steps on this machine. Takes the options and plans of ganvas train and"
          + " writes nothing.",
      "Let nothing else run meanwhile."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BenchmarkMethodCommand implements Callable<Integer> {
  /** Enough for passes that are measured alone. */
  private static final int NETWORK_REPEATS = 3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "5",
      description = "Measured steps of each kind. Default: ${DEFAULT-VALUE}.")
  private int repeats;

  @Mixin private DeviceOption device = new DeviceOption();

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  @Mixin private final PlanArguments arguments;

  private final Recipe recipe;

  private BenchmarkMethodCommand(Recipe recipe) {
    this.recipe = recipe;
    this.arguments = new PlanArguments(recipe);
  }

  /** The command of a training method, with its options. */
  static CommandLine commandLine(Recipe recipe) {
    BenchmarkMethodCommand command = new BenchmarkMethodCommand(recipe);
    CommandLine commandLine = new CommandLine(command);
    command.arguments.addMethodOptions(commandLine.getCommandSpec());
    return commandLine;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (repeats < 1) {
      throw new ParameterException(spec.commandLine(), "--repeats is at least 1, found " + repeats);
    }
    TrainingPlan plan = arguments.plan(recipe.draft(), true, draft -> {});
    StepBenchmark benchmark = new StepBenchmark(plan, device.choice(), this::tell);
    List<ProgramMethod> methods =
        ProgramMethod.in(TrainingPrecision.worthMeasuring(device.choice()));
    tell("measuring each network alone");
    Map<String, NetworkTimes> networks =
        benchmark.networks(methods, Math.min(repeats, NETWORK_REPEATS));
    List<StepReport.Way> ways = new ArrayList<>();
    for (ProgramMethod method : methods) {
      Map<String, ProgramMethod> computing = new LinkedHashMap<>();
      networks.keySet().forEach(network -> computing.put(network, method));
      ways.add(measure(benchmark, method.methodName(), computing));
    }
    Map<String, ProgramMethod> fastest = new LinkedHashMap<>();
    networks.forEach((network, times) -> fastest.put(network, times.fastest()));
    ways.add(measure(benchmark, StepReport.FASTEST, fastest));
    StepReport report = new StepReport(plan, repeats, ways, networks);
    spec.commandLine().getOut().println(json ? report.json() : report.text());
    return ExitCode.OK;
  }

  private StepReport.Way measure(
      StepBenchmark benchmark, String name, Map<String, ProgramMethod> computing)
      throws IOException, InterruptedException {
    tell("measuring " + name);
    return StepReport.Way.of(name, computing, benchmark.steps(computing, repeats));
  }

  private void tell(String sentence) {
    Terminal.tell(spec.commandLine().getErr(), sentence);
  }
}
