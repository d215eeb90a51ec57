package org.ganvas.cli.evaluate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ganvas.cli.option.ComputeOptions;
import org.ganvas.cli.option.ModelsOption;
import org.ganvas.cli.option.PairOptions;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.model.TorchDevice;
import org.ganvas.inference.task.ImageTranslator;
import org.ganvas.training.data.Framing;
import org.ganvas.training.data.PairedPhotos;
import org.ganvas.training.evaluation.PictureStep;
import org.ganvas.training.evaluation.TranslationEvaluation;
import org.ganvas.training.metric.ColorFidelity;
import org.ganvas.training.metric.PerceptualDistance;
import org.ganvas.training.recipe.PairSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ganvas evaluate-translation}: how close a translator comes to what is known. */
@Command(
    name = "evaluate-translation",
    description = {
      "Measures a translator on pairs: L1, PSNR and SSIM in red, green and blue, beside those of the"
          + " input as it is and of one map of all colours that was fitted to these very pairs."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage"})
public final class EvaluateTranslationCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Pictures that were not trained on.")
  private Path folder = Path.of("");

  @Option(
      names = {"-n", "--model"},
      paramLabel = "MODEL",
      required = true,
      description = "A model's name (see ganvas models) or .pt file.")
  private String model = "";

  @Option(
      names = "--targets",
      paramLabel = "DIR",
      description = "A folder with the second pictures, of the same names as those of DIR.")
  private @Nullable Path targets;

  @Mixin private PairOptions pair = new PairOptions();

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many squares. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--features",
      paramLabel = "FILE",
      description = {
        "Weights of SqueezeNet, AlexNet or VGG16, as torchvision publishes them, for a perceptual"
            + " distance by LPIPS's formula."
      })
  private @Nullable Path features;

  @Option(
      names = "--linear",
      paramLabel = "FILE",
      description = "The weights per channel that LPIPS publishes for that network.")
  private @Nullable Path linear;

  @Mixin private ComputeOptions compute = new ComputeOptions();

  @Mixin private ModelsOption models = new ModelsOption();

  @Override
  public Integer call() throws IOException {
    boolean made = !pair.kind().equals(PairSettings.GIVEN);
    if ((!pair.isChosen() && targets == null) || (made && targets != null)) {
      throw new ParameterException(spec.commandLine(), "give either --pair KIND or --targets DIR");
    }
    if (count < 1) {
      throw new ParameterException(spec.commandLine(), "the count is at least 1, found " + count);
    }
    Framing framing = pair.framing();
    if ((features == null) != (linear == null)) {
      throw new ParameterException(
          spec.commandLine(),
          "a perceptual distance needs --features and --linear, found one of them");
    }
    try (ImageTranslator translator =
            ImageTranslator.open(models.catalogue().find(model), compute.choice());
        PerceptualDistance distance = distance(framing.crop())) {
      TranslationEvaluation evaluation = TranslationEvaluation.on(pairs(framing), count);
      List<Picture> inputs = evaluation.inputs();
      List<Picture> results =
          inputs.stream().map(PictureStep.unchecked(translator::translate)).toList();
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          "                     L1   PSNR/dB     SSIM" + (distance == null ? "" : " DISTANCE"));
      out.println("unchanged       " + figures(evaluation, inputs, distance));
      out.println("colours matched " + figures(evaluation, evaluation.colorMatched(), distance));
      String name = translator.card().name();
      out.println("%-16s".formatted(name) + figures(evaluation, results, distance));
      if (distance != null) {
        out.println("DISTANCE: %s; less is better".formatted(distance.name()));
      }
      return ExitCode.OK;
    }
  }

  private @Nullable PerceptualDistance distance(int crop) throws IOException {
    if (features == null || linear == null) {
      return null;
    }
    PerceptualDistance distance =
        PerceptualDistance.open(features, linear, TorchDevice.of(compute.choice().device()));
    if (crop < distance.smallestSide()) {
      distance.close();
      throw new ParameterException(
          spec.commandLine(),
          "the %s needs --crop %d or more, found %d"
              .formatted(distance.name(), distance.smallestSide(), crop));
    }
    return distance;
  }

  private static String figures(
      TranslationEvaluation evaluation,
      List<Picture> results,
      @Nullable PerceptualDistance distance) {
    ColorFidelity fidelity = evaluation.fidelity(results);
    String figures =
        String.format(
            Locale.ROOT, " %6.4f %9.2f %8.4f", fidelity.l1(), fidelity.psnr(), fidelity.ssim());
    return distance == null
        ? figures
        : figures + String.format(Locale.ROOT, " %8.4f", evaluation.distance(results, distance));
  }

  private PairedPhotos pairs(Framing framing) throws IOException {
    String second = targets == null ? null : targets.toString();
    return pair.settings(second)
        .open(List.of(folder), second, new PairedPhotos.Settings(framing, 1, 1), sentence -> {});
  }
}
