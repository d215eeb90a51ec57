package org.ganvas.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.ganvas.cli.TextReport.Detail;
import org.ganvas.inference.image.DecodeLimits;
import org.ganvas.inference.image.ImageEncoder.IfExists;
import org.ganvas.inference.image.OutputFormat;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Sharpness;
import org.ganvas.inference.task.FileOptions;
import org.ganvas.inference.task.Progress;
import org.ganvas.inference.task.TileMargin;
import org.ganvas.inference.task.TilePolicy;
import org.ganvas.inference.task.UpscaleOptions;
import org.ganvas.inference.task.Upscaler;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ganvas upscale}: photos in, photos several times as wide and high out. */
@Command(
    name = "upscale",
    description = "Enlarges photos with a super-resolution model.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:some file failed", "2:wrong usage"})
public final class UpscaleCommand implements Callable<Integer> {
  private static final double DEFAULT_SCALE = 4;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Photos, or folders of photos (with all folders inside them).")
  private List<Path> inputs = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "A file, or a folder for the results. Default: beside each photo.")
  private @Nullable Path output;

  @Option(
      names = {"-n", "--model"},
      paramLabel = "MODEL",
      description = "A model's name (see ganvas models) or .pt file. Default: by the scale.")
  private @Nullable String model;

  @Option(
      names = {"-s", "--scale"},
      paramLabel = "SCALE",
      description = "How many times as wide and high, such as 2 or 1.5. Default: the model's.")
  private @Nullable Double scale;

  @Option(
      names = "--sharpness",
      paramLabel = "0-1",
      description =
          "Between a faithful model (0) and the sharp one made from it (1). Default: the model.")
  private @Nullable Double sharpness;

  @Option(
      names = {"-t", "--tile"},
      paramLabel = "auto|off|N",
      defaultValue = "auto",
      converter = Converters.Tiles.class,
      description = "Largest side of a tile in pixels of the photo. Default: ${DEFAULT-VALUE}.")
  private TilePolicy tiles = TilePolicy.AUTO;

  @Option(
      names = "--tile-pad",
      paramLabel = "N|exact",
      defaultValue = "16",
      converter = Converters.Margin.class,
      description =
          "Pixels that tiles share; exact gives what no tiles give. Default: ${DEFAULT-VALUE}.")
  private TileMargin margin = TileMargin.DEFAULT;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "png|jpg",
      description = "Format of the results. Default: jpg from JPEG, png from all else.")
  private OutputPlan.@Nullable Format format;

  @Option(
      names = {"-q", "--quality"},
      paramLabel = "1-100",
      defaultValue = "" + OutputFormat.Jpeg.DEFAULT_QUALITY,
      description = "JPEG quality. Default: ${DEFAULT-VALUE}.")
  private int quality;

  @Option(
      names = "--suffix",
      paramLabel = "TEXT",
      description = "What is added to a photo's name. Default: -x and the scale, such as -x4.")
  private @Nullable String suffix;

  @Mixin private ComputeOptions compute = new ComputeOptions();

  @Option(names = "--overwrite", description = "Replace results that exist; else they are skipped.")
  private boolean overwrite;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description = "Refuse photos of more pixels. Default: 100000000.")
  private long maxPixels = DecodeLimits.DEFAULT.maxPixels();

  @Option(names = "--quiet", description = "Print errors only.")
  private boolean quiet;

  @Option(names = "--json", description = "Print one line of JSON per photo.")
  private boolean json;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "A folder of models to look in first.")
  private @Nullable Path models;

  @Override
  public Integer call() {
    UpscaleOptions options = usage(() -> new UpscaleOptions(scale, tiles, margin, Progress.NONE));
    FileOptions files = usage(this::files);
    ComputeChoice choice = compute.choice();
    Double wanted = sharpness;
    Sharpness dial = wanted == null ? null : usage(() -> new Sharpness(wanted));
    try (ChosenModel chosen = chosenModel(dial)) {
      ModelFile file = chosen.file();
      OutputPlan plan = plan(scale == null ? file.card().network().scale() : scale);
      try (Interruption interruption = new Interruption(spec.commandLine().getErr());
          Upscaler upscaler = Upscaler.open(file, choice)) {
        UpscaleRun run =
            new UpscaleRun(upscaler, options, files, plan, report(upscaler.card().name()));
        Tally tally = run.run(PhotoQueue.of(inputs, plan), interruption::requested);
        return tally.failed() > 0 || interruption.requested() ? ExitCode.SOFTWARE : ExitCode.OK;
      }
    } catch (ModelException e) {
      spec.commandLine().getErr().println("ganvas upscale: " + e.getMessage());
      return e.reason() == ModelException.Reason.UNKNOWN ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }
  }

  /** What a record refuses is wrong usage. */
  private <T> T usage(Supplier<T> settings) {
    try {
      return settings.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private FileOptions files() {
    IfExists ifExists = overwrite ? IfExists.REPLACE : IfExists.FAIL;
    return new FileOptions(DecodeLimits.ofPixels(maxPixels), null, ifExists);
  }

  private OutputPlan plan(double reachedScale) {
    String ending = suffix == null ? suffix(reachedScale) : suffix;
    OutputPlan plan = usage(() -> new OutputPlan(output, ending, format, quality));
    String contradiction = plan.contradiction(inputs);
    if (contradiction != null) {
      throw new ParameterException(spec.commandLine(), contradiction);
    }
    return plan;
  }

  private ChosenModel chosenModel(@Nullable Sharpness dial) throws ModelException {
    ModelCatalogue catalogue = ModelsCommand.catalogue(models);
    ModelFile file =
        model == null
            ? catalogue.nearest(scale == null ? DEFAULT_SCALE : scale)
            : catalogue.find(model);
    return dial == null ? ChosenModel.of(file) : ChosenModel.between(dial, file, catalogue);
  }

  private Report report(String modelName) {
    if (json) {
      return new JsonReport(spec.commandLine().getOut(), modelName);
    }
    Detail watched = Terminal.isAttached() ? Detail.TERMINAL : Detail.SUMMARY;
    return new TextReport(spec.commandLine().getErr(), quiet ? Detail.ERRORS : watched);
  }

  /** 4.0 is written as {@code -x4}, 1.5 as {@code -x1.5}. */
  private static String suffix(double scale) {
    return "-x"
        + (scale == Math.rint(scale) ? Long.toString((long) scale) : Double.toString(scale));
  }
}
