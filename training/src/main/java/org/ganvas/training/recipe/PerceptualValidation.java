package org.ganvas.training.recipe;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.ganvas.inference.image.Bicubic;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.TorchDevice;
import org.ganvas.inference.task.Upscaler;
import org.ganvas.training.evaluation.Judge;
import org.ganvas.training.evaluation.PicturePair;
import org.ganvas.training.evaluation.PictureStep;
import org.ganvas.training.evaluation.Quality;
import org.ganvas.training.evaluation.SuperResolutionEvaluation;
import org.ganvas.training.metric.PerceptualDistance;
import org.jspecify.annotations.Nullable;

/**
 * Judges an upscaler by how different its pictures look from the originals, and tells how close
 * they come, too: PSNR alone would prefer the faithful model that a sharp one was made from. With
 * bicubic interpolation beside it.
 *
 * @param evaluation the pictures
 * @param files what the distance is read from, at each validation
 * @param bicubicDistance the mean distance of bicubic interpolation
 */
record PerceptualValidation(
    SuperResolutionEvaluation evaluation, Files files, double bicubicDistance)
    implements Validation {

  /**
   * What a distance is read from.
   *
   * @param features weights of a feature network
   * @param linear the weights per channel that belong to it; null to count all channels alike
   */
  record Files(Path features, @Nullable Path linear) {
    Judge open() throws IOException {
      Device device = TorchDevice.of(ComputeChoice.AUTO.device());
      return new Judge(
          linear == null
              ? PerceptualDistance.openUnweighted(features, device)
              : PerceptualDistance.open(features, linear, device),
          null);
    }
  }

  /**
   * On these pictures.
   *
   * @throws IOException if a file cannot be read, or a picture is too small to be judged
   */
  static PerceptualValidation on(SuperResolutionEvaluation evaluation, Files files)
      throws IOException {
    try (Judge judge = files.open()) {
      for (PicturePair pair : evaluation.pairs()) {
        judge.check(pair);
      }
      int scale = evaluation.pairs().get(0).scale();
      Quality bicubic =
          evaluation.evaluate(
              low -> Bicubic.resize(low, scale * low.width(), scale * low.height()), judge);
      return new PerceptualValidation(evaluation, files, distance(bicubic));
    }
  }

  private static double distance(Quality quality) {
    return Objects.requireNonNull(quality.distance(), "a judge with a distance measures it");
  }

  @Override
  public Result validate(List<ModelFile> models) throws IOException {
    try (Upscaler upscaler = Upscaler.open(models.get(0), ComputeChoice.AUTO);
        Judge judge = files.open()) {
      UnaryOperator<Picture> upscaling = PictureStep.unchecked(upscaler::upscale);
      Quality found = evaluation.evaluate(upscaling, judge);
      Map<String, Object> figures = FidelityValidation.figures(found.score(), evaluation.bicubic());
      figures.put("validationDistance", distance(found));
      figures.put("bicubicDistance", bicubicDistance);
      String sentence =
          "%s %.4f (bicubic %.4f), %s"
              .formatted(
                  judge.distanceName(),
                  distance(found),
                  bicubicDistance,
                  FidelityValidation.sentence(found.score(), evaluation.bicubic()));
      return new Result(
          figures, sentence, -distance(found), SampleSheet.of(evaluation.pairs(), upscaling));
    }
  }
}
