package org.ganvas.training.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.ganvas.inference.image.ImageEncoder;
import org.ganvas.inference.image.OutputFormat;
import org.ganvas.inference.image.PhotoMetadata;
import org.ganvas.inference.image.Picture;
import org.ganvas.training.recipe.Validation;

/**
 * Has the models judged every so many steps, keeps the samples, and the checkpoint if it is the
 * best so far.
 */
final class ValidationObserver implements TrainingObserver {
  private final Judge judge;
  private final RunState state;
  private final RunFolder folder;
  private final LogObserver log;
  private final long interval;

  /** Judges the models as they are after a step. */
  @FunctionalInterface
  interface Judge {
    Validation.Result judge(long step) throws IOException;
  }

  /**
   * @param interval steps between two validations
   */
  ValidationObserver(
      Judge judge, RunState state, RunFolder folder, LogObserver log, long interval) {
    this.judge = judge;
    this.state = state;
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
    Validation.Result result = judge.judge(step);
    writeSamples(
        result.samples().picture(),
        folder.samples().resolve(String.format(Locale.ROOT, "step-%09d.png", step)));
    Map<String, Object> figures = new LinkedHashMap<>(result.figures());
    figures.put("samples", result.samples().legend());
    log.write(step, figures, "validation after step %d: %s".formatted(step, result.sentence()));
    Double quality = result.quality();
    // Infinite where every picture came out exactly, as flat ones do: nothing to choose by.
    if (quality != null && Double.isFinite(quality)) {
      folder.checkpoints().saveIfBest(step, state.tensors(), state.numbers(), quality);
    }
  }

  private static void writeSamples(Picture samples, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    new ImageEncoder()
        .write(samples, PhotoMetadata.NONE, OutputFormat.PNG, file, ImageEncoder.IfExists.REPLACE);
  }
}
