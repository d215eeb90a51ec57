package org.ganvas.cli.evaluate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ganvas.cli.option.ComputeOptions;
import org.ganvas.cli.option.ModelsOption;
import org.ganvas.inference.task.ImageSampler;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.LabelledPictures;
import org.ganvas.training.data.PictureSet;
import org.ganvas.training.data.PictureSource;
import org.ganvas.training.data.PictureSubset;
import org.ganvas.training.evaluation.GeneratedPictures;
import org.ganvas.training.evaluation.LabelCheck;
import org.ganvas.training.evaluation.PictureFeatures;
import org.ganvas.training.metric.KernelDistance;
import org.ganvas.training.metric.PrecisionRecall;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ganvas evaluate-generator}: how real and how varied what a generator makes is. */
@Command(
    name = "evaluate-generator",
    description = {
      "Measures a picture generator against real pictures: precision and recall (3 neighbours) and"
          + " kernel distance (KID) on the features of a network, and whether it obeys its labels."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage"})
public final class EvaluateGeneratorCommand implements Callable<Integer> {
  private static final int MOST_PICTURES = 4096;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-n", "--model"},
      paramLabel = "MODEL",
      required = true,
      description = "A model's name (see ganvas models) or .pt file.")
  private String model = "";

  @Option(
      names = "--real",
      paramLabel = "DIR",
      required = true,
      description = "Real pictures: a folder, with a subfolder per label, or MNIST's IDX files.")
  private Path real = Path.of("");

  @Option(
      names = "--features",
      paramLabel = "FILE",
      description = "Weights such as squeezenet1_1.pth: measure precision, recall and KID.")
  private @Nullable Path features;

  @Option(
      names = "--check-labels",
      description = "Train a classifier on the real pictures, and read the generated ones by it.")
  private boolean checkLabels;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Pictures of each kind, 20 to 4096. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "The first picture's seed. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private ComputeOptions compute = new ComputeOptions();

  @Mixin private ModelsOption models = new ModelsOption();

  @Override
  public Integer call() throws IOException {
    if (features == null && !checkLabels) {
      throw usage("there is something to measure: give --features FILE, --check-labels or both");
    }
    if (count < 20 || count > MOST_PICTURES || seed < 0) {
      throw usage(
          "pictures are 20 to 4096, the seed is 0 or more, found %d and %d".formatted(count, seed));
    }
    try (ImageSampler generator =
        ImageSampler.open(models.catalogue().find(model), compute.choice())) {
      evaluate(generator);
      return ExitCode.OK;
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private void evaluate(ImageSampler generator) throws IOException {
    Batch.Tensor some =
        GeneratedPictures.of(generator, seed, 1, List.of()).tensor(LabelledPictures.REAL);
    int channels = Math.toIntExact(some.shape().get(1));
    int side = Math.toIntExact(some.shape().get(3));
    PictureSet pictures = realPictures(side);
    Path weights = features;
    if (weights != null) {
      compareSets(
          generator,
          pictures,
          new LabelledPictures.Settings(side, channels, false, 1, seed),
          weights);
    }
    if (checkLabels) {
      if (generator.latentSpace().labels().isEmpty() || pictures.labels().isEmpty()) {
        throw new IOException(
            "labels are checked where the model and the pictures have some, found %s and %s"
                .formatted(generator.latentSpace().labels(), pictures.labels()));
      }
      readLabels(generator, pictures, side, channels);
    }
  }

  private PictureSet realPictures(int side) throws IOException {
    return PictureSource.open(List.of(real), PictureSource.AUTOMATIC, side).pictures();
  }

  private void compareSets(
      ImageSampler generator, PictureSet set, LabelledPictures.Settings settings, Path weights)
      throws IOException {
    int compared = Math.min(count, set.size());
    LabelledPictures pictures = new LabelledPictures(PictureSubset.spread(set, compared), settings);
    try (PictureFeatures network = PictureFeatures.open(weights)) {
      float[][] seen = network.of(pictures.inOrder(0, compared).tensor(LabelledPictures.REAL));
      Batch made = GeneratedPictures.of(generator, seed, compared, List.of());
      float[][] generated = network.of(made.tensor(LabelledPictures.REAL));
      PrecisionRecall shares = PrecisionRecall.of(seen, generated, PrecisionRecall.NEIGHBOURS);
      KernelDistance distance = KernelDistance.of(seen, generated, KernelDistance.Settings.DEFAULT);
      print("precision", "%.3f", shares.precision());
      print("recall", "%.3f", shares.recall());
      print("KID", "%.4g", distance.mean());
      print("", "(%d pictures of each kind, features of %s)", compared, network.network());
    }
  }

  private void readLabels(ImageSampler generator, PictureSet set, int side, int channels)
      throws IOException {
    Batch made = GeneratedPictures.of(generator, seed, count, set.labels());
    try (LabelCheck check = LabelCheck.train(set, side, channels)) {
      print("labels obeyed", "%.1f %%", 100 * check.obeyed(made));
      print("", "(a classifier that reads %.1f %% of unseen real ones)", 100 * check.accuracy());
    }
  }

  private void print(String name, String format, Object... figures) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("%-14s %s".formatted(name, String.format(Locale.ROOT, format, figures)));
    out.flush();
  }
}
