package org.ganvas.cli.model;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ganvas.cli.option.ModelOutput;
import org.ganvas.cli.option.ModelsOption;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.training.export.StateDictExporter;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.recipe.Recipes;
import org.ganvas.training.run.RunFolder;
import org.ganvas.training.run.TrainingSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ganvas export}: the newest checkpoint of a run as a model file, or a model's weights. */
@Command(
    name = "export",
    description = {
      "Writes a run's newest checkpoint as a TorchScript model,"
          + " or the weights of a model as safetensors."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage, or the file exists"})
public final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RUN|FILE",
      description = {
        "The run's folder, such as runs/photo-x4;",
        "with --state-dict the file to write."
      })
  private Path run = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "The file to write; of several models, their folder. Default: beside the other models.")
  private @Nullable Path output;

  @Option(
      names = "--measure",
      paramLabel = "NAME=DIR",
      description = "Measure on these pictures and put the figures on the card; may be repeated.")
  private Map<String, Path> measured = new LinkedHashMap<>();

  @Option(
      names = "--best",
      description = "The checkpoint that a validation found best, not the newest.")
  private boolean best;

  @Option(
      names = "--state-dict",
      paramLabel = "MODEL",
      description = "Write this model's weights, under the names that other programs know.")
  private @Nullable String model;

  @Option(names = "--overwrite", description = "Replace a file that exists.")
  private boolean overwrite;

  @Override
  public Integer call() throws IOException {
    return model == null ? exportRun() : exportWeights(model);
  }

  private int exportWeights(String name) throws IOException {
    if (output != null || best || !measured.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--state-dict MODEL FILE writes weights; leave out -o, --best and --measure");
    }
    ModelOutput.requireFree(spec, run, overwrite);
    ModelFile file = ModelsOption.catalogue(null).find(name);
    int tensors = StateDictExporter.export(file, run);
    spec.commandLine().getOut().println("wrote %s, %d tensors".formatted(run, tensors));
    return ExitCode.OK;
  }

  private int exportRun() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    RunFolder folder = new RunFolder(run);
    TrainingPlan plan = folder.draft().finish();
    ModelTargets targets = new ModelTargets(output, Recipes.named(plan.method()).modelNames(plan));
    targets.files().forEach(file -> ModelOutput.requireFree(spec, file, overwrite));
    try (TrainingSession session =
        best
            ? TrainingSession.openBest(plan, folder, DeviceChoice.CPU, out::println)
            : TrainingSession.open(plan, folder, DeviceChoice.CPU, out::println)) {
      if (session.done() == 0) {
        throw new IOException("an export needs a checkpoint, found none in " + run);
      }
      for (ModelFile model : session.export(targets::file, session.done(), measured)) {
        out.println("wrote %s, step %d".formatted(model.path(), session.done()));
      }
    }
    return ExitCode.OK;
  }
}
