package org.ganvas.cli.train;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ganvas.cli.console.Failures;
import org.ganvas.cli.console.Terminal;
import org.ganvas.cli.model.ModelTargets;
import org.ganvas.cli.option.Converters;
import org.ganvas.cli.option.DeviceOption;
import org.ganvas.cli.option.ModelOutput;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Precision;
import org.ganvas.training.benchmark.StepBenchmark;
import org.ganvas.training.plan.PlanChange;
import org.ganvas.training.plan.PlanDraft;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.recipe.Recipe;
import org.ganvas.training.run.RunFolder;
import org.ganvas.training.run.TrainingPrecision;
import org.ganvas.training.run.TrainingRun;
import org.ganvas.training.run.TrainingSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ganvas train METHOD}: a network trained on a user's own pictures. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
final class TrainMethodCommand implements Callable<Integer> {
  private static final int LAYOUT_REPEATS = 3;

  private final Recipe recipe;

  @Spec private CommandSpec spec;

  @Option(names = "--name", required = true, description = "The model's name.")
  private String name = "";

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "The run is kept in DIR/NAME. Default: ${DEFAULT-VALUE}.")
  private Path runs = Path.of("runs");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE|DIR",
      description =
          "Where the model is written at the end; of a method that makes two, their folder."
              + " Default: beside the other models.")
  private @Nullable Path output;

  @Option(
      names = "--resume",
      description = "Continue the run of that name from its newest checkpoint.")
  private boolean resume;

  @Option(
      names = "--precision",
      paramLabel = "auto|float32|bfloat16",
      defaultValue = "auto",
      description =
          "Number format of the computation. Default: the run's own, or the fastest here.")
  private String precision = "auto";

  @Mixin private DeviceOption device = new DeviceOption();

  @Option(
      names = "--fastest-layouts",
      description =
          "Begin by measuring each network in each memory layout, a few seconds with nothing else"
              + " running, and take the fastest; the run keeps it. Default: what was fast elsewhere.")
  private boolean fastestLayouts;

  @Mixin private final PlanArguments arguments;

  private TrainMethodCommand(Recipe recipe) {
    this.recipe = recipe;
    this.arguments = new PlanArguments(recipe);
  }

  /** The command of a training method, with its options. */
  static CommandLine commandLine(Recipe recipe) {
    TrainMethodCommand command = new TrainMethodCommand(recipe);
    CommandLine commandLine = new CommandLine(command);
    commandLine.getCommandSpec().usageMessage().description(recipe.summary());
    command.arguments.addMethodOptions(commandLine.getCommandSpec());
    return commandLine;
  }

  @Override
  @SuppressWarnings("try") // the lock is only held
  public Integer call() throws IOException, InterruptedException {
    RunFolder folder = new RunFolder(runs.resolve(name));
    if (folder.isBegun() && !resume) {
      throw new ParameterException(
          spec.commandLine(),
          "a run of that name exists in %s; give --resume to continue it, or another --name"
              .formatted(folder.path()));
    }
    TrainingPlan plan = plan(folder);
    ModelTargets targets = new ModelTargets(output, recipe.modelNames(plan));
    targets.files().forEach(file -> ModelOutput.requirePlace(spec, file));
    Optional<Path> existing = targets.files().stream().filter(Files::exists).findFirst();
    if (!resume && existing.isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          "a new run replaces no model, found %s; give another --name or -o"
              .formatted(existing.get()));
    }
    if (fastestLayouts) {
      plan = withFastestLayouts(plan);
    }
    try (FileChannel lock = folder.lock();
        TrainingSession session = TrainingSession.open(plan, folder, device.choice(), this::tell)) {
      return train(session, plan, targets);
    }
  }

  private TrainingPlan withFastestLayouts(TrainingPlan plan)
      throws IOException, InterruptedException {
    tell("measuring each network in each memory layout");
    TrainingPlan measured =
        new StepBenchmark(plan, device.choice(), line -> {}).withFastestLayouts(LAYOUT_REPEATS);
    measured
        .networks()
        .forEach((kind, network) -> tell("%s: %s".formatted(kind, network.layout())));
    return measured;
  }

  @SuppressWarnings("try") // the stop is only held
  private int train(TrainingSession session, TrainingPlan plan, ModelTargets targets)
      throws IOException, InterruptedException {
    if (session.done() > plan.optimization().steps()) {
      throw new ParameterException(
          spec.commandLine(),
          "a run's steps are at least those that were taken, found %d after step %d; give more --steps"
              .formatted(plan.optimization().steps(), session.done()));
    }
    if (session.done() > 0) {
      tell("continuing after step " + session.done());
    }
    TrainingRun run = session.prepare();
    try (TrainingStop stop = new TrainingStop(run)) {
      return finish(session, run, plan, targets);
    }
  }

  /** Failures are told here: once the stop is closed, the Java machine may halt at any moment. */
  private int finish(
      TrainingSession session, TrainingRun run, TrainingPlan plan, ModelTargets targets)
      throws InterruptedException {
    try {
      long last = run.run(session.done());
      if (last < plan.optimization().steps()) {
        tell("stopped after step %d; continue with --resume".formatted(last));
        return ExitCode.SOFTWARE;
      }
      for (ModelFile model : session.export(targets::file, last, Map.of())) {
        tell("wrote " + model.path());
      }
      return ExitCode.OK;
    } catch (IOException | RuntimeException e) {
      return Failures.tell(e, spec.commandLine());
    }
  }

  private void tell(String sentence) {
    Terminal.tell(spec.commandLine().getErr(), sentence);
  }

  private TrainingPlan plan(RunFolder folder) throws IOException {
    if (resume && fastestLayouts) {
      throw new ParameterException(
          spec.commandLine(),
          "a run that is continued computes as it began; leave --fastest-layouts out");
    }
    if (resume && !folder.isBegun()) {
      throw new ParameterException(
          spec.commandLine(),
          "--resume continues a run, found none in %s; leave it out to begin one"
              .formatted(folder.path()));
    }
    PlanDraft draft = resume ? folder.draft() : recipe.draft();
    Precision chosen = Converters.precision(precision);
    if (!resume && chosen == null) {
      draft.set("precision", TrainingPrecision.fastest(device.choice()));
    }
    TrainingPlan plan =
        arguments.plan(draft, !resume, own -> own.set("name", name).set("precision", chosen));
    if (resume) {
      requireItsStart(folder.changes(plan));
    }
    return plan;
  }

  /** What has no effect any more is not accepted as if it had. */
  private void requireItsStart(List<PlanChange> changes) {
    for (PlanChange change : changes) {
      if (change.isOfTheStart()) {
        throw new ParameterException(
            spec.commandLine(),
            "a run that is continued has %s as it began, %s, found %s; leave that out, or begin another run with --name"
                .formatted(change.setting(), change.before(), change.after()));
      }
    }
  }
}
