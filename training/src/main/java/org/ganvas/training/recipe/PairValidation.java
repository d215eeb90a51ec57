package org.ganvas.training.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.Measurement;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.task.ImageTranslator;
import org.ganvas.training.data.Framing;
import org.ganvas.training.data.PairedPhotos;
import org.ganvas.training.evaluation.PictureStep;
import org.ganvas.training.evaluation.TranslationEvaluation;
import org.ganvas.training.metric.ColorFidelity;
import org.jspecify.annotations.Nullable;

/**
 * Judges a translator by how close it comes to the targets of held-out pairs, with the input as it
 * is beside it. Samples: input, result, target.
 */
record PairValidation(TranslationEvaluation evaluation) implements Validation {
  /** Squares that a validation takes; more take time from training. */
  static final int SQUARES = 12;

  /** Squares that the figures on a card are means of. */
  private static final int MEASURED = 50;

  private static final ComputeChoice FLOAT32 =
      new ComputeChoice(DeviceChoice.CPU, Precision.FLOAT32);

  /**
   * On squares of the pictures of a folder, neither mirrored nor varied; in the place of those that
   * cannot be read others are taken.
   *
   * @param second the folder of the second pictures; null if there is none
   * @param scanned takes what was found, and what cannot be read
   * @throws IOException if there are no pairs
   */
  static PairValidation in(
      Path folder, @Nullable String second, PairSettings pairs, Framing framing, Scanned scanned)
      throws IOException {
    PairedPhotos photos = pairs.open(List.of(folder), second, each(framing), scanned.reader());
    TranslationEvaluation evaluation = TranslationEvaluation.on(photos, SQUARES);
    photos.undecodable().forEach(scanned::skipped);
    return new PairValidation(evaluation);
  }

  /** As {@link #in}, on {@link #MEASURED} squares. */
  static PairValidation measuring(
      Path folder, @Nullable String second, PairSettings pairs, Framing framing)
      throws IOException {
    PairedPhotos photos = pairs.open(List.of(folder), second, each(framing), sentence -> {});
    return new PairValidation(TranslationEvaluation.on(photos, MEASURED));
  }

  private static PairedPhotos.Settings each(Framing framing) {
    return new PairedPhotos.Settings(framing.plain(), 1, 1);
  }

  @Override
  public Result validate(List<ModelFile> models) throws IOException {
    try (ImageTranslator translator = ImageTranslator.open(models.get(0), ComputeChoice.AUTO)) {
      UnaryOperator<Picture> translation = PictureStep.unchecked(translator::translate);
      ColorFidelity found = evaluation.evaluate(translation);
      ColorFidelity unchanged = evaluation.unchanged();
      return new Result(
          figures(found, unchanged),
          sentence(found, unchanged),
          found.psnr(),
          samples(translation));
    }
  }

  private Samples samples(UnaryOperator<Picture> translation) {
    List<List<Picture>> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(SampleSheet.ROWS, evaluation.inputs().size()); i++) {
      Picture input = evaluation.inputs().get(i);
      rows.add(List.of(input, translation.apply(input), evaluation.targets().get(i)));
    }
    return SampleSheet.of(rows, "the input, the result, the target");
  }

  /** For the log. */
  static Map<String, Object> figures(ColorFidelity found, ColorFidelity unchanged) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("validationL1", found.l1());
    figures.put("validationPsnr", found.psnr());
    figures.put("validationSsim", found.ssim());
    figures.put("unchangedL1", unchanged.l1());
    figures.put("unchangedPsnr", unchanged.psnr());
    figures.put("unchangedSsim", unchanged.ssim());
    return figures;
  }

  /** The same, to read. */
  static String sentence(ColorFidelity found, ColorFidelity unchanged) {
    return "L1 %.4f (unchanged %.4f), PSNR %.2f dB (unchanged %.2f), SSIM %.4f (unchanged %.4f)"
        .formatted(
            found.l1(),
            unchanged.l1(),
            found.psnr(),
            unchanged.psnr(),
            found.ssim(),
            unchanged.ssim());
  }

  /**
   * How {@link #MEASURED} squares are measured.
   *
   * @param framing of the squares
   * @param pairs where these come from
   */
  static String protocol(Framing framing, String pairs) {
    return "mean of %d squares of %d pixels%s, in red, green and blue; %s; float32"
        .formatted(
            MEASURED,
            framing.crop(),
            framing.load() == null
                ? ""
                : " of pictures resized to a shorter side of " + framing.load(),
            pairs);
  }

  /**
   * L1, PSNR and SSIM of a model, in float32, then those of the input as it is and of the global
   * match of colours, which it has to beat.
   *
   * @param protocol how the squares were made
   */
  List<Measurement> measure(ModelFile model, String dataSet, String protocol) throws IOException {
    try (ImageTranslator translator = ImageTranslator.open(model, FLOAT32)) {
      Map<String, ColorFidelity> found = new LinkedHashMap<>();
      found.put("", evaluation.evaluate(PictureStep.unchecked(translator::translate)));
      found.put(", unchanged input", evaluation.unchanged());
      found.put(", input with colours matched", evaluation.fidelity(evaluation.colorMatched()));
      List<Measurement> figures = new ArrayList<>();
      found.forEach(
          (of, is) -> {
            figures.add(new Measurement(dataSet, "L1" + of, is.l1(), "", protocol));
            figures.add(new Measurement(dataSet, "PSNR-RGB" + of, is.psnr(), "dB", protocol));
            figures.add(new Measurement(dataSet, "SSIM-RGB" + of, is.ssim(), "", protocol));
          });
      return figures;
    }
  }
}
