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
import org.ganvas.inference.task.Upscaler;
import org.ganvas.training.data.Degradation;
import org.ganvas.training.data.RgbPhoto;
import org.ganvas.training.data.UnsharpMask;
import org.ganvas.training.evaluation.PicturePair;
import org.ganvas.training.evaluation.PictureStep;
import org.ganvas.training.evaluation.Score;
import org.ganvas.training.evaluation.SuperResolutionEvaluation;

/** Judges an upscaler by how close it comes to the original, with bicubic beside it. */
record FidelityValidation(SuperResolutionEvaluation evaluation) implements Validation {
  /** Photos that a validation takes; more take time from training. */
  private static final int PHOTOS = 10;

  private static final ComputeChoice FLOAT32 =
      new ComputeChoice(DeviceChoice.CPU, Precision.FLOAT32);
  private static final String FIGURES =
      "; on Y of BT.601, as many pixels as the scale cut off each border; float32";

  /**
   * On the first photos of a folder that can be read.
   *
   * @param scanned takes the others
   * @throws IOException if there are none
   */
  static FidelityValidation in(Path folder, int scale, Scanned scanned) throws IOException {
    return new FidelityValidation(
        SuperResolutionEvaluation.readable(folder, scale, PHOTOS, scanned::skipped));
  }

  /**
   * On the same photos with small pictures made as those of the training, unless these are bicubic
   * as well.
   *
   * @param seed of the random choices
   */
  FidelityValidation degraded(DegradationSettings settings, long seed) {
    if (settings.reducesOnly()) {
      return this;
    }
    Degradation degradation = settings.create();
    return new FidelityValidation(
        SuperResolutionEvaluation.on(DegradedPairs.of(evaluation.pairs(), degradation, seed)));
  }

  /** By the same originals, sharpened as those of the training. */
  FidelityValidation sharpened(UnsharpMask sharpening) {
    if (sharpening.amount() == 0) {
      return this;
    }
    List<PicturePair> pairs = new ArrayList<>();
    for (PicturePair pair : evaluation.pairs()) {
      Picture sharp = sharpening.of(RgbPhoto.of(pair.high())).toPicture();
      pairs.add(new PicturePair(pair.name(), pair.low(), sharp, pair.scale(), pair.given()));
    }
    return new FidelityValidation(SuperResolutionEvaluation.on(pairs));
  }

  @Override
  public Result validate(List<ModelFile> models) throws IOException {
    try (Upscaler upscaler = Upscaler.open(models.get(0), ComputeChoice.AUTO)) {
      UnaryOperator<Picture> upscaling = PictureStep.unchecked(upscaler::upscale);
      Score score = evaluation.evaluate(upscaling);
      Score bicubic = evaluation.bicubic();
      return new Result(
          figures(score, bicubic),
          sentence(score, bicubic),
          score.psnr(),
          SampleSheet.of(evaluation.pairs(), upscaling));
    }
  }

  /** For the log. */
  static Map<String, Object> figures(Score score, Score bicubic) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("validationPsnr", score.psnr());
    figures.put("validationSsim", score.ssim());
    figures.put("bicubicPsnr", bicubic.psnr());
    figures.put("bicubicSsim", bicubic.ssim());
    return figures;
  }

  /** The same, to read. */
  static String sentence(Score score, Score bicubic) {
    return "PSNR-Y %.2f dB (bicubic %.2f), SSIM %.4f (bicubic %.4f)"
        .formatted(score.psnr(), bicubic.psnr(), score.ssim(), bicubic.ssim());
  }

  /** PSNR and SSIM of a model on all pictures of a folder, in float32. */
  static List<Measurement> measure(ModelFile model, String dataSet, Path pictures)
      throws IOException {
    SuperResolutionEvaluation evaluation =
        SuperResolutionEvaluation.in(pictures, model.card().network().scale(), Integer.MAX_VALUE);
    try (Upscaler upscaler = Upscaler.open(model, FLOAT32)) {
      Score score = evaluation.evaluate(PictureStep.unchecked(upscaler::upscale));
      String protocol = protocol(evaluation.pairs());
      return List.of(
          new Measurement(dataSet, "PSNR-Y", score.psnr(), "dB", protocol),
          new Measurement(dataSet, "SSIM", score.ssim(), "", protocol));
    }
  }

  /** How figures on these pairs come about, for a card. */
  static String protocol(List<PicturePair> pairs) {
    long given = pairs.stream().filter(PicturePair::given).count();
    if (given == 0) {
      return "small pictures by MATLAB's antialiased bicubic" + FIGURES;
    }
    String missing = given < pairs.size() ? ", where missing by MATLAB's antialiased bicubic" : "";
    return "small pictures as the set brings them" + missing + FIGURES;
  }
}
