package org.ganvas.cli.evaluate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import org.ganvas.cli.console.Failures;
import org.ganvas.cli.console.Interruption;
import org.ganvas.cli.console.ProgressLine;
import org.ganvas.cli.console.Terminal;
import org.ganvas.cli.console.Watched;
import org.ganvas.cli.option.ComputeOptions;
import org.ganvas.cli.option.ModelsOption;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.task.Progress;
import org.ganvas.inference.task.UpscaleOptions;
import org.ganvas.inference.task.Upscaler;
import org.ganvas.training.evaluation.Contestant;
import org.ganvas.training.evaluation.Judge;
import org.ganvas.training.evaluation.PairFiles;
import org.ganvas.training.evaluation.PicturePair;
import org.ganvas.training.evaluation.PictureStep;
import org.ganvas.training.evaluation.Score;
import org.ganvas.training.report.ComparisonPage;
import org.ganvas.training.report.QualityColumns;
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
      "Several models are compared side by side, with what more can be measured: a perceptual"
          + " distance, if there are weights for it, and BRISQUE, how natural a picture looks.",
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
      description = "A model's name (see ganvas models) or .pt file; may be given several times.")
  private List<String> names = List.of();

  @Option(
      names = {"-s", "--scale"},
      paramLabel = "SCALE",
      description = "How many times as wide and high, 2 to 16. Default: the model's.")
  private @Nullable Integer scale;

  @Option(
      names = "--self-ensemble",
      description = "Measure the models with upscale's option of that name.")
  private boolean selfEnsemble;

  @Mixin private ComputeOptions compute = new ComputeOptions();

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

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = {
        "Write a page with crops beside each other, where the models differ most; replaces the file"
            + " if it exists."
      })
  private @Nullable Path html;

  @Option(
      names = "--json",
      description = "Print one line of JSON per picture and model, and one for each mean.")
  private boolean json;

  @Mixin private ModelsOption models = new ModelsOption();

  @Override
  public Integer call() throws IOException {
    ComputeChoice choice = compute.choice();
    checkUsage();
    List<PairFiles> files = PairFiles.in(folder);
    boolean single = names.size() == 1 && features == null && html == null;
    try (Interruption interruption = new Interruption(spec.commandLine().getErr())) {
      Progress wish = new Watched(Progress.NONE, interruption::requested);
      boolean done = single ? evaluate(files, choice, wish) : compare(files, choice, wish);
      return done ? ExitCode.OK : ExitCode.SOFTWARE;
    } catch (CancellationException e) {
      return ExitCode.SOFTWARE;
    }
  }

  private void checkUsage() {
    if (scale != null && (scale < 2 || scale > LARGEST_SCALE)) {
      throw wrongUsage("a scale is a whole number from 2 to 16, found " + scale);
    }
    if ((features == null) != (linear == null)) {
      throw wrongUsage(
          "a perceptual distance needs --features and --linear, found only one of them");
    }
    Path pageFolder = html == null ? null : html.toAbsolutePath().getParent();
    if (html != null && (pageFolder == null || !Files.isDirectory(pageFolder))) {
      throw wrongUsage(
          "--html names a file in a folder that exists, found %s; create the folder first"
              .formatted(html));
    }
    if (html != null && Files.isDirectory(html)) {
      throw wrongUsage("--html names a file, found the folder %s; name one in it".formatted(html));
    }
    Set<String> different = new HashSet<>(names);
    if (different.size() < names.size()) {
      throw wrongUsage("each model is named once, found " + String.join(", ", names));
    }
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private Upscaler open(String name, ComputeChoice choice) throws ModelException {
    return Upscaler.open(models.catalogue().find(name), choice);
  }

  private boolean compare(List<PairFiles> files, ComputeChoice choice, Progress wish)
      throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    List<Upscaler> upscalers = new ArrayList<>();
    try (Judge judge =
        Judge.open(features, linear, choice.device(), warning -> Terminal.tell(err, warning))) {
      for (String name : names) {
        upscalers.add(open(name, choice));
      }
      int reached = commonScale(upscalers);
      List<Contestant> contestants = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        contestants.add(
            new Contestant(label(names.get(i)), network(upscalers.get(i), reached, wish)));
      }
      ProgressLine line = new ProgressLine(err);
      Progress progress = Terminal.isAttached() ? line.begin(title()) : Progress.NONE;
      List<ComparisonReport> reports = new ArrayList<>();
      QualityColumns columns = new QualityColumns(judge);
      PrintWriter out = spec.commandLine().getOut();
      reports.add(json ? new ComparisonJson(out, reached) : new ComparisonTable(out, err, columns));
      if (html != null) {
        // The last one: if it cannot be written, the figures were printed.
        reports.add(new ComparisonPageReport(new ComparisonPage(title(), columns), html, reached));
      }
      try {
        return new ComparisonRun(contestants, judge, reports).run(files, reached, progress);
      } finally {
        line.clear();
      }
    } finally {
      upscalers.forEach(Upscaler::close);
    }
  }

  private String label(String name) {
    return selfEnsemble ? name + " (self-ensemble)" : name;
  }

  /** Such as "photo-x4 and photo-x4-gan on set5". */
  private String title() {
    int last = names.size() - 1;
    String all =
        last == 0
            ? names.get(0)
            : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return "%s on %s".formatted(all, name == null ? folder : name);
  }

  /** The scale that was asked for, or that of all models. */
  private int commonScale(List<Upscaler> upscalers) {
    if (scale != null) {
      return scale;
    }
    List<Integer> scales =
        upscalers.stream().map(u -> u.card().network().scale()).distinct().toList();
    if (scales.size() > 1) {
      throw wrongUsage(
          "models of one scale are compared, found the scales %s; choose one with -s"
              .formatted(String.join(", ", scales.stream().map(String::valueOf).toList())));
    }
    return scales.get(0);
  }

  /** Whether all pictures could be measured. */
  private boolean evaluate(List<PairFiles> files, ComputeChoice choice, Progress wish)
      throws ModelException {
    try (Upscaler upscaler = open(names.get(0), choice)) {
      return evaluate(upscaler, files, wish);
    }
  }

  private boolean evaluate(Upscaler upscaler, List<PairFiles> files, Progress wish) {
    int reached = scale == null ? upscaler.card().network().scale() : scale;
    EvaluationReport report = report(upscaler.card().name(), reached, files);
    UnaryOperator<Picture> network = network(upscaler, reached, wish);
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
      } catch (IOException e) {
        report.failed(file, Failures.message(e));
      }
    }
    if (!scores.isEmpty()) {
      report.ended(scores.size(), Score.mean(scores), Score.mean(bicubicScores));
    }
    return scores.size() == files.size();
  }

  private EvaluationReport report(String modelName, int reached, List<PairFiles> files) {
    return json
        ? new EvaluationJson(spec.commandLine().getOut(), label(modelName), reached)
        : new EvaluationTable(spec.commandLine().getOut(), spec.commandLine().getErr(), files);
  }

  /**
   * @param wish to stop: a tile in work when Java ends would crash in libtorch
   */
  private UnaryOperator<Picture> network(Upscaler upscaler, int scale, Progress wish) {
    UpscaleOptions options =
        UpscaleOptions.DEFAULT.withScale(scale).withSelfEnsemble(selfEnsemble).withProgress(wish);
    return PictureStep.unchecked(picture -> upscaler.upscale(picture, options));
  }
}
