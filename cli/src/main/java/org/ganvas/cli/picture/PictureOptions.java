package org.ganvas.cli.picture;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.ganvas.cli.console.Interruption;
import org.ganvas.cli.console.Terminal;
import org.ganvas.cli.option.ComputeOptions;
import org.ganvas.cli.option.Converters;
import org.ganvas.cli.option.ModelsOption;
import org.ganvas.cli.picture.TextReport.Detail;
import org.ganvas.inference.image.DecodeLimits;
import org.ganvas.inference.image.ImageEncoder.IfExists;
import org.ganvas.inference.image.OutputFormat;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.task.FileOptions;
import org.ganvas.inference.task.TilePolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The files and options of all commands that make a picture out of each photo, and their run. */
final class PictureOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Photos, or folders of photos (with all folders inside them, without results that lie"
              + " beside their photos or where these results go).")
  private List<Path> inputs = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "A file, or a folder for the results. Default: beside each photo.")
  private @Nullable Path output;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "png|jpg|tif|webp",
      converter = Converters.Format.class,
      description = "Format of the results. Default: jpg from JPEG, png from all else.")
  private @Nullable OutputFormat format;

  @Option(
      names = {"-q", "--quality"},
      paramLabel = "1-100",
      defaultValue = "" + OutputFormat.Jpeg.DEFAULT_QUALITY,
      description = "Quality of JPEG and WebP. Default: ${DEFAULT-VALUE}.")
  private int quality;

  @Option(names = "--overwrite", description = "Replace results that exist; else they are skipped.")
  private boolean overwrite;

  @Mixin private ComputeOptions compute = new ComputeOptions();

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description = "Refuse photos of more pixels. Default: 100000000.")
  private long maxPixels = DecodeLimits.DEFAULT.maxPixels();

  @Option(names = "--quiet", description = "Print errors only.")
  private boolean quiet;

  @Option(names = "--json", description = "Print one line of JSON per photo.")
  private boolean json;

  @Mixin private ModelsOption models = new ModelsOption();

  @Option(
      names = {"-t", "--tile"},
      paramLabel = "auto|off|N",
      defaultValue = "auto",
      converter = Converters.Tiles.class,
      description = "Largest side of a tile in pixels of the photo. Default: ${DEFAULT-VALUE}.")
  private TilePolicy tiles = TilePolicy.AUTO;

  TilePolicy tiles() {
    return tiles;
  }

  ModelCatalogue catalogue() {
    return models.catalogue();
  }

  /** What a record refuses is wrong usage. */
  <T> T usage(Supplier<T> settings) {
    try {
      return settings.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  /**
   * Makes a picture out of each photo.
   *
   * @param suffix what is added to a photo's name
   * @param opening opens the model as what it is for
   * @return the exit code
   * @throws ModelException if the model cannot be used at all
   */
  int run(ModelFile model, Suffix suffix, PictureTask.Opening opening) throws ModelException {
    List<Path> named = inputs.stream().distinct().toList(); // twice the same is still one photo
    FileOptions files = usage(this::files);
    OutputPlan plan = plan(suffix, named);
    try (Interruption interruption = new Interruption(command.commandLine().getErr());
        PictureTask task = opening.open(model, compute.choice())) {
      PictureRun run = new PictureRun(task, files, plan, report(model.card().name()));
      Tally tally = run.run(PhotoQueue.of(named, plan), interruption::requested);
      return tally.failed() > 0 || interruption.requested() ? ExitCode.SOFTWARE : ExitCode.OK;
    }
  }

  private FileOptions files() {
    IfExists ifExists = overwrite ? IfExists.REPLACE : IfExists.FAIL;
    return new FileOptions(DecodeLimits.ofPixels(maxPixels), null, ifExists);
  }

  private OutputPlan plan(Suffix suffix, List<Path> named) {
    OutputPlan plan = usage(() -> new OutputPlan(output, suffix, format, quality));
    String contradiction = plan.contradiction(named);
    if (contradiction != null) {
      throw new ParameterException(command.commandLine(), contradiction);
    }
    return plan;
  }

  private Report report(String modelName) {
    if (json) {
      return new JsonReport(command.commandLine().getOut(), modelName);
    }
    PrintWriter err = command.commandLine().getErr();
    Detail watched = Terminal.isAttached() ? Detail.TERMINAL : Detail.SUMMARY;
    return new TextReport(err, quiet ? Detail.ERRORS : watched);
  }
}
