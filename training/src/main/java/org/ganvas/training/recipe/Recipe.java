package org.ganvas.training.recipe;

import ai.djl.Device;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ganvas.inference.model.Measurement;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.training.data.BatchSource;
import org.ganvas.training.gan.TrainingMethod;
import org.ganvas.training.plan.MethodSettings;
import org.ganvas.training.plan.PlanDraft;
import org.ganvas.training.plan.TrainingPlan;

/**
 * A training method from the plan to the measured model. To add one: this interface, a record of
 * settings, a plan of defaults {@code NAME.json} beside the recipes, and a line in {@link Recipes}.
 */
public interface Recipe {

  /** The method's name in plans and on the command line, such as {@code super-resolution}. */
  String name();

  /** What it does, in one sentence for the list of methods. */
  String summary();

  /** The record of the settings that are its own. */
  Class<? extends MethodSettings> settings();

  /** What can be set on the command line. */
  List<PlanOption> options();

  /** A plan with the method's defaults. */
  default PlanDraft draft() {
    try (InputStream in = Recipe.class.getResourceAsStream(name() + ".json")) {
      if (in == null) {
        throw new IllegalStateException("no plan of defaults for " + name());
      }
      return PlanDraft.of(new String(in.readAllBytes(), StandardCharsets.UTF_8), settings());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks what no single setting can tell, and fills in what follows from files, so that the run
   * can be continued without these.
   *
   * @param anew whether the run begins; then what is filled in already comes from the plan of
   *     another run, and is found out once more
   * @throws IllegalArgumentException if the plan cannot be carried out; the message says why
   * @throws IOException if a file that it names cannot be read
   */
  TrainingPlan complete(TrainingPlan plan, boolean anew) throws IOException;

  /** The names of the models that come out. */
  default List<String> modelNames(TrainingPlan plan) {
    return List.of(plan.name());
  }

  /**
   * Finds the pictures.
   *
   * @param reader takes a sentence now and then, such as which pictures are skipped
   * @throws IOException if there are none that can be used
   */
  BatchSource open(TrainingPlan plan, Consumer<String> reader) throws IOException;

  /**
   * Sets the networks up.
   *
   * @param anew whether the run begins; otherwise a checkpoint's tensors will replace all of the
   *     networks' own, and files that it once started from may be gone
   * @param reader takes a sentence now and then
   * @throws IOException if a file to start from cannot be read
   */
  TrainingMethod create(TrainingPlan plan, Device device, boolean anew, Consumer<String> reader)
      throws IOException;

  /**
   * How the models are judged during the run; empty if the plan names no pictures for it.
   *
   * @param reader takes a sentence now and then, such as which of these are skipped
   * @throws IOException if these cannot be read
   */
  Optional<Validation> validation(TrainingPlan plan, Consumer<String> reader) throws IOException;

  /**
   * Measures a model of a run for its card.
   *
   * @param plan of the run
   * @param model one of {@link #modelNames}
   * @param dataSet what the pictures are called on the card
   * @param pictures a folder
   * @throws IOException if they cannot be read, or what they should become is not known
   */
  List<Measurement> measure(TrainingPlan plan, ModelFile model, String dataSet, Path pictures)
      throws IOException;
}
