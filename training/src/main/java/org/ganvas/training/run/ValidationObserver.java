package org.ganvas.training.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.task.Upscaler;
import org.ganvas.training.evaluation.Score;
import org.ganvas.training.evaluation.SuperResolutionEvaluation;

/**
 * Exports the model as it is every so many steps, measures it the way users will run it, and draws
 * sample pictures.
 */
public final class ValidationObserver implements TrainingObserver {
  private final SuperResolutionEvaluation evaluation;
  private final Exporter exporter;
  private final RunFolder folder;
  private final LogObserver log;
  private final long interval;

  /** Writes the model as it is after a step. */
  @FunctionalInterface
  public interface Exporter {
    ModelFile export(long step) throws IOException;
  }

  /**
   * @param interval steps between two validations
   */
  public ValidationObserver(
      SuperResolutionEvaluation evaluation,
      Exporter exporter,
      RunFolder folder,
      LogObserver log,
      long interval) {
    this.evaluation = evaluation;
    this.exporter = exporter;
    this.folder = folder;
    this.log = log;
    this.interval = interval;
  }

  @Override
  public void stepped(Step step) throws IOException {
    if (step.number() % interval == 0) {
      validate(step.number());
    }
  }

  @Override
  public void finished(Step last) throws IOException {
    if (last.number() % interval != 0) {
      validate(last.number());
    }
  }

  private void validate(long step) throws IOException {
    ModelFile model = exporter.export(step);
    Score score;
    try (Upscaler upscaler = Upscaler.open(model, ComputeChoice.AUTO)) {
      score = evaluation.evaluate(picture -> upscale(upscaler, picture));
      SampleSheet.of(evaluation.pairs(), picture -> upscale(upscaler, picture))
          .writeTo(folder.samples().resolve(String.format(Locale.ROOT, "step-%09d.png", step)));
    }
    Score bicubic = evaluation.bicubic();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("validationPsnr", score.psnr());
    figures.put("validationSsim", score.ssim());
    figures.put("bicubicPsnr", bicubic.psnr());
    figures.put("bicubicSsim", bicubic.ssim());
    String sentence =
        "validation after step %d: PSNR-Y %.2f dB (bicubic %.2f), SSIM %.4f (bicubic %.4f)"
            .formatted(step, score.psnr(), bicubic.psnr(), score.ssim(), bicubic.ssim());
    log.write(step, figures, sentence);
  }

  /** The mean score of a model file, run the way users run it. */
  static Score score(SuperResolutionEvaluation evaluation, ModelFile model, ComputeChoice choice)
      throws IOException {
    try (Upscaler upscaler = Upscaler.open(model, choice)) {
      return evaluation.evaluate(picture -> upscale(upscaler, picture));
    }
  }

  private static Picture upscale(Upscaler upscaler, Picture picture) {
    try {
      return upscaler.upscale(picture);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
