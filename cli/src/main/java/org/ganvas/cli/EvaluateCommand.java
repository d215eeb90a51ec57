package org.ganvas.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.task.UpscaleOptions;
import org.ganvas.inference.task.Upscaler;
import org.ganvas.training.evaluation.PairFiles;
import org.ganvas.training.evaluation.PicturePair;
import org.ganvas.training.evaluation.Score;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ganvas evaluate}: how close a model comes to pictures that are known. */
@Command(
    name = "evaluate",
    description = {
      "Measures a super-resolution model: PSNR and SSIM on Y, without as many pixels at the border"
          + " as the scale, with bicubic interpolation beside it.",
      "Pairs NAME_HR and NAME_LR of that scale are used where present; else the small picture is made as MATLAB's"
          + " bicubic imresize makes it."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:some picture failed", "2:wrong usage"})
public final class EvaluateCommand implements Callable<Integer> {
  private static final int LARGEST_SCALE = 16;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "A folder of pictures.")
  private Path folder = Path.of("");

  @Option(
      names = {"-n", "--model"},
      paramLabel = "MODEL",
      required = true,
      description = "A model's name (see ganvas models) or .pt file.")
  private String model = "";

  @Option(
      names = {"-s", "--scale"},
      paramLabel = "SCALE",
      description = "How many times as wide and high, 2 to 16. Default: the model's.")
  private @Nullable Integer scale;

  @Mixin private ComputeOptions compute = new ComputeOptions();

  @Option(
      names = "--json",
      description = "Print one line of JSON per picture, and one for the means.")
  private boolean json;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "A folder of models to look in first.")
  private @Nullable Path models;

  @Override
  public Integer call() {
    ComputeChoice choice = compute.choice();
    if (scale != null && (scale < 2 || scale > LARGEST_SCALE)) {
      throw new ParameterException(
          spec.commandLine(), "a scale is a whole number from 2 to 16, found " + scale);
    }
    try {
      List<PairFiles> files = PairFiles.in(folder);
      try (Upscaler upscaler = Upscaler.open(ModelsCommand.catalogue(models).find(model), choice)) {
        return evaluate(upscaler, files) ? ExitCode.OK : ExitCode.SOFTWARE;
      }
    } catch (ModelException e) {
      complain(e);
      return e.reason() == ModelException.Reason.UNKNOWN ? ExitCode.USAGE : ExitCode.SOFTWARE;
    } catch (IOException e) {
      complain(e);
      return ExitCode.SOFTWARE;
    }
  }

  private void complain(IOException e) {
    spec.commandLine().getErr().println("ganvas evaluate: " + Failures.message(e));
  }

  /** Whether all pictures could be measured. */
  private boolean evaluate(Upscaler upscaler, List<PairFiles> files) throws ModelException {
    int reached = scale == null ? upscaler.card().network().scale() : scale;
    EvaluationReport report = report(upscaler.card().name(), reached, files);
    UnaryOperator<Picture> network = network(upscaler, reached);
    List<Score> scores = new ArrayList<>();
    List<Score> bicubicScores = new ArrayList<>();
    for (PairFiles file : files) {
      try {
        PicturePair pair = file.read(reached);
        if (scores.isEmpty()) {
          // The first run loads and optimizes; its time would say nothing about the model.
          pair.score(network);
        }
        Score score = pair.score(network);
        Score bicubic = pair.bicubicScore();
        report.measured(pair, score, bicubic);
        scores.add(score);
        bicubicScores.add(bicubic);
      } catch (UncheckedIOException e) {
        throw failedModel(e);
      } catch (IOException e) {
        report.failed(file, Failures.message(e));
      }
    }
    if (!scores.isEmpty()) {
      report.ended(scores.size(), Score.mean(scores), Score.mean(bicubicScores));
    }
    return scores.size() == files.size();
  }

  private static ModelException failedModel(UncheckedIOException e) {
    return e.getCause() instanceof ModelException cause
        ? cause
        : new ModelException(ModelException.Reason.FAILED, Failures.message(e), e);
  }

  private EvaluationReport report(String modelName, int reached, List<PairFiles> files) {
    return json
        ? new EvaluationJson(spec.commandLine().getOut(), modelName, reached)
        : new EvaluationTable(spec.commandLine().getOut(), spec.commandLine().getErr(), files);
  }

  private static UnaryOperator<Picture> network(Upscaler upscaler, int scale) {
    UpscaleOptions options = UpscaleOptions.DEFAULT.withScale(scale);
    return picture -> {
      try {
        return upscaler.upscale(picture, options);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
