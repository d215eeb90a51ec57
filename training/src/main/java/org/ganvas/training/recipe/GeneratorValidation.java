package org.ganvas.training.recipe;

import static org.ganvas.training.plan.SettingRule.require;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.Measurement;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.task.ImageSampler;
import org.ganvas.inference.task.PictureGrid;
import org.ganvas.inference.task.Progress;
import org.ganvas.inference.task.SampleGrid;
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

/**
 * Shows the pictures of the same seeds every time, a row for each label, and compares more of them
 * with real ones.
 *
 * @param comparison null to compare none
 */
record GeneratorValidation(@Nullable Comparison comparison) implements Validation {
  private static final long FIRST_SEED = 1;

  /** Pictures that are shown of a generator without labels, or of each label. */
  private static final int SHOWN = 64;

  private static final int SHOWN_OF_LABEL = 10;
  private static final int LABELS_SHOWN = 12;

  /** Pictures of each kind that are compared; more take time from training. */
  private static final int COMPARED = 500;

  /** Pictures that are read for the card. */
  private static final int READ = 2000;

  @Override
  public Result validate(List<ModelFile> models) throws IOException {
    try (ImageSampler generator = ImageSampler.open(models.get(0), ComputeChoice.AUTO)) {
      Samples samples = samples(generator);
      return comparison == null
          ? new Result(Map.of(), "samples of %d seeds".formatted(SHOWN), null, samples)
          : comparison.judge(generator, samples);
    }
  }

  private static Samples samples(ImageSampler generator) throws IOException {
    List<String> labels = generator.latentSpace().labels();
    List<String> shown = labels.subList(0, Math.min(LABELS_SHOWN, labels.size()));
    int count = labels.isEmpty() ? SHOWN : SHOWN_OF_LABEL;
    SampleGrid grid = SampleGrid.ofSeeds(generator.latentSpace(), shown, FIRST_SEED, count);
    Picture picture = PictureGrid.of(generator.sample(grid, Progress.NONE), grid.columns());
    String rows = shown.isEmpty() ? "" : "; from top to bottom: " + String.join(", ", shown);
    return new Samples(picture, "seeds from %d on%s".formatted(FIRST_SEED, rows));
  }

  /**
   * Real pictures that generated ones are compared with.
   *
   * @param weights of the network whose features are compared
   * @param features of the real pictures
   */
  record Comparison(Path weights, float[][] features) {

    /**
     * With some of these pictures.
     *
     * @param squares cuts them to the generator's size
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if they are too few to be compared with
     */
    static Comparison with(
        Path weights, PictureSet real, Function<PictureSet, LabelledPictures> squares)
        throws IOException {
      require(
          real.size() > PrecisionRecall.NEIGHBOURS,
          "a validation by features compares with more than %d pictures"
              .formatted(PrecisionRecall.NEIGHBOURS),
          real.size());
      LabelledPictures some = squares.apply(PictureSubset.spread(real, COMPARED));
      try (PictureFeatures network = PictureFeatures.open(weights)) {
        Batch batch = some.inOrder(0, some.size());
        return new Comparison(weights, network.of(batch.tensor(LabelledPictures.REAL)));
      }
    }

    Result judge(ImageSampler generator, Samples samples) throws IOException {
      Batch made = GeneratedPictures.of(generator, FIRST_SEED, features.length, List.of());
      try (PictureFeatures network = PictureFeatures.open(weights)) {
        float[][] generated = network.of(made.tensor(LabelledPictures.REAL));
        KernelDistance distance =
            KernelDistance.of(features, generated, KernelDistance.Settings.DEFAULT);
        PrecisionRecall shares =
            PrecisionRecall.of(features, generated, PrecisionRecall.NEIGHBOURS);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("kernelDistance", distance.mean());
        figures.put("precision", shares.precision());
        figures.put("recall", shares.recall());
        String sentence =
            "KID %.4g, precision %.3f, recall %.3f"
                .formatted(distance.mean(), shares.precision(), shares.recall());
        return new Result(figures, sentence, -distance.mean(), samples);
      }
    }
  }

  /**
   * How often a generator obeys its labels.
   *
   * @param pictures real ones with these labels
   */
  static List<Measurement> measureLabels(ModelFile model, String dataSet, Path pictures)
      throws IOException {
    try (ImageSampler generator = ImageSampler.open(model, ComputeChoice.AUTO)) {
      if (generator.latentSpace().labels().isEmpty()) {
        throw new IOException(
            "only generators with labels are measured, found none; leave %s out"
                .formatted(dataSet));
      }
      Batch some = GeneratedPictures.of(generator, FIRST_SEED, 1, List.of());
      List<Long> shape = some.tensor(LabelledPictures.REAL).shape();
      int side = Math.toIntExact(shape.get(3));
      PictureSet real =
          PictureSource.open(List.of(pictures), PictureSource.AUTOMATIC, side).pictures();
      try (LabelCheck check = LabelCheck.train(real, side, Math.toIntExact(shape.get(1)))) {
        Batch made = GeneratedPictures.of(generator, FIRST_SEED, READ, check.classifier().labels());
        return List.of(
            new Measurement(
                dataSet,
                "labels obeyed",
                100 * check.obeyed(made),
                "%",
                "%d generated pictures, seeds from %d, labels in turn; by a classifier that reads %.1f%% of unseen real pictures"
                    .formatted(READ, FIRST_SEED, 100 * check.accuracy())));
      }
    }
  }
}
