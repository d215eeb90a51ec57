package org.ganvas.cli.picture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ganvas.cli.option.Converters;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Sharpness;
import org.ganvas.inference.task.FileOptions;
import org.ganvas.inference.task.PictureResult;
import org.ganvas.inference.task.Progress;
import org.ganvas.inference.task.TileMargin;
import org.ganvas.inference.task.UpscaleOptions;
import org.ganvas.inference.task.Upscaler;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Option(
      names = {"-n", "--model"},
      paramLabel = "MODEL",
      description =
          "A model's name (see ganvas models) or .pt file. Default: by the scale; with --sharpness"
              + " one that has a sharp twin.")
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

  @Mixin private PictureOptions pictures = new PictureOptions();

  @Option(
      names = "--tile-pad",
      paramLabel = "N|exact",
      defaultValue = "16",
      converter = Converters.Margin.class,
      description =
          "Pixels that tiles share; exact gives what no tiles give. Default: ${DEFAULT-VALUE}.")
  private TileMargin margin = TileMargin.DEFAULT;

  @Option(
      names = "--self-ensemble",
      description = {
        "Compute each photo in all eight ways that it can lie, and take the mean: truer to the"
            + " original, softer, eight times the time."
      })
  private boolean selfEnsemble;

  @Option(
      names = "--suffix",
      paramLabel = "TEXT",
      parameterConsumer = AnyText.class,
      description = "What is added to a photo's name. Default: -x and the scale, such as -x4.")
  private @Nullable String suffix;

  /** An open model. */
  private record Upscaling(Upscaler upscaler, UpscaleOptions options) implements PictureTask {
    @Override
    public PictureResult run(Path input, Path output, FileOptions files, Progress progress)
        throws IOException {
      return upscaler.upscale(input, output, options.withProgress(progress), files);
    }

    @Override
    public void close() {
      upscaler.close();
    }
  }

  @Override
  public Integer call() throws ModelException {
    UpscaleOptions options =
        pictures.usage(
            () -> new UpscaleOptions(scale, pictures.tiles(), margin, selfEnsemble, Progress.NONE));
    Double wanted = sharpness;
    Sharpness dial = wanted == null ? null : pictures.usage(() -> new Sharpness(wanted));
    try (ChosenModel chosen = chosenModel(dial)) {
      double reached = scale == null ? chosen.file().card().network().scale() : scale;
      return pictures.run(
          chosen.file(),
          pictures.usage(() -> new Suffix(suffix == null ? suffix(reached) : suffix, true)),
          (file, choice) -> new Upscaling(Upscaler.open(file, choice), options));
    }
  }

  private ChosenModel chosenModel(@Nullable Sharpness dial) throws ModelException {
    ModelCatalogue catalogue = pictures.catalogue();
    ModelFile file = model == null ? chosenByScale(dial, catalogue) : catalogue.find(model);
    return dial == null ? ChosenModel.of(file) : ChosenModel.between(dial, file, catalogue);
  }

  private ModelFile chosenByScale(@Nullable Sharpness dial, ModelCatalogue catalogue)
      throws ModelException {
    double wanted = scale == null ? DEFAULT_SCALE : scale;
    return dial == null ? catalogue.nearest(wanted) : catalogue.nearestWithTwin(wanted);
  }

  /** 4.0 is written as {@code -x4}, 1.5 as {@code -x1.5}. */
  private static String suffix(double scale) {
    return "-x"
        + (scale == Math.rint(scale) ? Long.toString((long) scale) : Double.toString(scale));
  }
}
