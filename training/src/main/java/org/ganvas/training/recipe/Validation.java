package org.ganvas.training.recipe;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.model.ModelFile;
import org.jspecify.annotations.Nullable;

/** Judges the models of a run as they are, the way users will run them. */
@FunctionalInterface
public interface Validation {

  /**
   * Measures the models and draws samples.
   *
   * @param models in the order of {@link Recipe#modelNames}
   * @throws IOException if they cannot be run
   */
  Result validate(List<ModelFile> models) throws IOException;

  /**
   * What was found.
   *
   * @param figures for the log
   * @param sentence that says the same, to follow "validation after step 1000: "
   * @param quality by which the best checkpoint is chosen, higher is better; null if no figure
   *     tells
   * @param samples the same subjects at every validation, to look at
   */
  record Result(
      Map<String, Object> figures, String sentence, @Nullable Double quality, Samples samples) {

    /** The same, but not to choose the best checkpoint by. */
    Result withoutQuality() {
      return new Result(figures, sentence, null, samples);
    }
  }

  /**
   * A picture of several.
   *
   * @param picture RGB, 8 bits
   * @param legend what is where on it, in a few words
   */
  record Samples(Picture picture, String legend) {}
}
