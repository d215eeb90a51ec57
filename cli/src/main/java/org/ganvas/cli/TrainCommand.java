package org.ganvas.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.Processor;
import org.ganvas.training.network.Architectures;
import org.ganvas.training.plan.PlanDraft;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.run.DivergedException;
import org.ganvas.training.run.RunFolder;
import org.ganvas.training.run.TrainingRun;
import org.ganvas.training.run.TrainingSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ganvas train}: a network trained on a user's own pictures. */
@Command(
    name = "train",
    description = "Trains a network on your pictures and exports it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "METHOD", description = "What to train: super-resolution.")
  private String method = "";

  @Option(
      names = "--data",
      arity = "1..*",
      paramLabel = "DIR",
      description = "Folders of photos, with all folders inside them.")
  private @Nullable List<Path> data;

  @Option(
      names = "--validation",
      paramLabel = "DIR",
      description = "Photos that are measured on, now and then.")
  private @Nullable Path validation;

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
      paramLabel = "FILE",
      description = "Where the model is written at the end. Default: NAME.pt beside the others.")
  private @Nullable Path output;

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "Settings as JSON; options go before them.")
  private @Nullable Path planFile;

  @Option(
      names = "--resume",
      description = "Continue the run of that name from its newest checkpoint.")
  private boolean resume;

  @Option(names = "--scale", description = "How many times as wide. Default: 4.")
  private @Nullable Integer scale;

  @Option(names = "--architecture", description = "compact-sr or srresnet. Default: compact-sr.")
  private @Nullable String architecture;

  @Option(names = "--channels", description = "Channels of the inner layers. Default: 64.")
  private @Nullable Integer channels;

  @Option(names = "--blocks", description = "Residual blocks. Default: 16.")
  private @Nullable Integer blocks;

  @Option(
      names = "--start-from",
      paramLabel = "FILE",
      description = "A .pt file; its tensors of equal name and shape are taken over.")
  private @Nullable Path startFrom;

  @Option(names = "--steps", description = "Steps of the whole run. Default: 100000.")
  private @Nullable Long steps;

  @Option(names = "--batch", description = "Pictures per step. Default: 16.")
  private @Nullable Integer batch;

  @Option(names = "--crop", description = "Side of the small pictures in pixels. Default: 32.")
  private @Nullable Integer crop;

  @Option(names = "--lr", description = "Learning rate at its peak. Default: 5e-4.")
  private @Nullable Double learningRate;

  @Option(names = "--seed", description = "Seed of everything random. Default: 1.")
  private @Nullable Long seed;

  @Option(
      names = "--precision",
      paramLabel = "auto|float32|bfloat16",
      defaultValue = "auto",
      description =
          "Number format of the computation. Default: the run's own, or the fastest here.")
  private String precision = "auto";

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu[:N]",
      defaultValue = "auto",
      converter = Converters.Device.class,
      description = "Where to compute. Default: ${DEFAULT-VALUE}.")
  private DeviceChoice device = DeviceChoice.AUTO;

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
    if (!resume && Files.exists(target())) {
      throw new ParameterException(
          spec.commandLine(),
          "a new run replaces no model, found %s; give another --name or -o".formatted(target()));
    }
    TrainingPlan plan = plan(folder);
    PrintWriter err = spec.commandLine().getErr();
    try (FileChannel lock = folder.lock();
        TrainingSession session =
            TrainingSession.open(plan, folder, device, line -> print(err, line))) {
      return train(session, plan, err);
    } catch (DivergedException e) {
      err.println("ganvas train: " + e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private int train(TrainingSession session, TrainingPlan plan, PrintWriter err)
      throws IOException, InterruptedException {
    if (session.done() > 0) {
      print(err, "continuing after step " + session.done());
    }
    TrainingRun run = session.prepare();
    Thread stopper = new Thread(() -> stop(run), "stopper");
    Runtime.getRuntime().addShutdownHook(stopper);
    long last = run.run(session.done());
    if (last < plan.optimization().steps()) {
      print(err, "stopped after step %d; continue with --resume".formatted(last));
      return ExitCode.SOFTWARE;
    }
    Runtime.getRuntime().removeShutdownHook(stopper);
    Path target = target();
    ModelFile model = session.export(target, last, List.of());
    print(err, "wrote " + model.path());
    return ExitCode.OK;
  }

  private Path target() {
    return output == null ? ModelCatalogue.installedFolder().resolve(name + ".pt") : output;
  }

  private static void stop(TrainingRun run) {
    try {
      run.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void print(PrintWriter err, String line) {
    err.println(line);
    err.flush();
  }

  private TrainingPlan plan(RunFolder folder) throws IOException {
    PlanDraft draft = resume ? folder.draft() : usage(() -> PlanDraft.defaultsOf(method));
    if (!resume) {
      draft.set("precision", fastestPrecision());
    }
    if (planFile != null) {
      String json = Files.readString(planFile);
      usage(() -> draft.over(json));
    }
    TrainingPlan plan = usage(() -> withOptions(draft).finish());
    TrainingPlan.Network network = plan.network();
    usage(() -> Architectures.create(network.architecture(), network.options()));
    if (plan.data().folders().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "training needs folders of photos, found none; give --data DIR");
    }
    return plan;
  }

  private static Precision fastestPrecision() {
    return Processor.ofThisMachine().favoursBfloat16() ? Precision.BFLOAT16 : Precision.FLOAT32;
  }

  private PlanDraft withOptions(PlanDraft draft) {
    return draft
        .set("name", name)
        .set("seed", seed)
        .set("precision", Converters.precision(precision))
        .set("network.architecture", architecture)
        .set("network.channels", channels)
        .set("network.blocks", blocks)
        .set("network.scale", scale)
        .set("network.startFrom", startFrom == null ? null : startFrom.toString())
        .set("data.folders", data == null ? null : data.stream().map(Path::toString).toList())
        .set("data.validation", validation == null ? null : validation.toString())
        .set("data.batch", batch)
        .set("data.crop", crop)
        .set("optimization.steps", steps)
        .set("optimization.learningRate", learningRate);
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
