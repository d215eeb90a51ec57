package org.ganvas.cli.picture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ganvas.cli.option.Converters;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.task.FileOptions;
import org.ganvas.inference.task.ImageTranslator;
import org.ganvas.inference.task.PictureResult;
import org.ganvas.inference.task.Progress;
import org.ganvas.inference.task.TileMargin;
import org.ganvas.inference.task.TranslateOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ganvas translate}: photos in, pictures of the same size and another kind out. */
@Command(
    name = "translate",
    description = "Turns photos into pictures of another kind, of the same size.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:some file failed", "2:wrong usage"})
public final class TranslateCommand implements Callable<Integer> {
  @Option(
      names = {"-n", "--model"},
      paramLabel = "MODEL",
      required = true,
      description = "A model's name (see ganvas models) or .pt file.")
  private String model = "";

  @Mixin private PictureOptions pictures = new PictureOptions();

  @Option(
      names = "--tile-pad",
      paramLabel = "N|exact",
      defaultValue = "exact",
      converter = Converters.Margin.class,
      description = "Pixels that tiles share; with exact no seams show. Default: ${DEFAULT-VALUE}.")
  private TileMargin margin = TileMargin.EXACT;

  @Option(
      names = "--fit",
      paramLabel = "SIDE",
      description =
          "Squeeze each photo to so many pixels along both sides for the network, and stretch the"
              + " result back. Default: any size, nothing is squeezed.")
  private @Nullable Integer fit;

  @Option(
      names = "--suffix",
      paramLabel = "TEXT",
      parameterConsumer = AnyText.class,
      description = "What is added to a photo's name. Default: - and the model's name.")
  private @Nullable String suffix;

  /** An open model. */
  private record Translating(ImageTranslator translator, TranslateOptions options)
      implements PictureTask {
    @Override
    public PictureResult run(Path input, Path output, FileOptions files, Progress progress)
        throws IOException {
      return translator.translate(input, output, options.withProgress(progress), files);
    }

    @Override
    public void close() {
      translator.close();
    }
  }

  @Override
  public Integer call() throws ModelException {
    TranslateOptions options =
        pictures.usage(() -> new TranslateOptions(fit, pictures.tiles(), margin, Progress.NONE));
    ModelFile found = pictures.catalogue().find(model);
    return pictures.run(
        found,
        pictures.usage(
            () -> new Suffix(suffix == null ? "-" + found.card().name() : suffix, false)),
        (file, choice) -> new Translating(ImageTranslator.open(file, choice), options));
  }
}
