package org.ganvas.training.recipe;

/**
 * An option of the command line that sets one setting of the plan.
 *
 * @param name such as {@code --batch}
 * @param path of the setting, such as {@code data.batch}
 * @param kind of its value
 * @param description for the help, without the default, which is the plan's
 */
public record PlanOption(String name, String path, Kind kind, String description) {
  static final PlanOption DATA =
      new PlanOption(
          "--data",
          "data.folders",
          Kind.FOLDERS,
          "Folders of photos, with all folders inside them.");
  static final PlanOption VALIDATION =
      new PlanOption(
          "--validation",
          "data.validation",
          Kind.FOLDER,
          "Photos that are measured on, now and then.");
  static final PlanOption STEPS =
      new PlanOption("--steps", "optimization.steps", Kind.WHOLE, "Steps of the whole run.");
  static final PlanOption BATCH =
      new PlanOption("--batch", "data.batch", Kind.WHOLE, "Pictures per step.");
  static final PlanOption DEGRADATION =
      new PlanOption(
          "--degradation",
          "settings.degradation.kind",
          Kind.TEXT,
          "How the small pictures are made: bicubic, or photo (as pictures off the web are).");
  static final PlanOption SMALL_CROP =
      new PlanOption(
          "--crop", "settings.crop", Kind.WHOLE, "Side of the small pictures in pixels.");
  static final PlanOption PIXEL_LOSS =
      new PlanOption("--pixel-loss", "settings.losses.pixel", Kind.NUMBER, "Weight of the pixels.");
  static final PlanOption PERCEPTUAL_LOSS =
      new PlanOption(
          "--perceptual-loss",
          "settings.losses.perceptual",
          Kind.NUMBER,
          "Weight of the features.");
  static final PlanOption ADVERSARIAL_LOSS =
      new PlanOption(
          "--adversarial-loss",
          "settings.losses.adversarial",
          Kind.NUMBER,
          "Weight of the discriminator's judgement.");
  static final PlanOption LEARNING_RATE =
      new PlanOption(
          "--lr",
          "networks.generator.learningRate",
          Kind.NUMBER,
          "Learning rate of the generator at its peak.");
  static final PlanOption DISCRIMINATOR_LEARNING_RATE =
      new PlanOption(
          "--discriminator-lr",
          "networks.discriminator.learningRate",
          Kind.NUMBER,
          "Learning rate of the discriminator at its peak.");
  static final PlanOption SEED =
      new PlanOption("--seed", "seed", Kind.WHOLE, "Seed of everything random.");

  /** What an option's value is. */
  public enum Kind {
    /** A word. */
    TEXT,
    /** A whole number. */
    WHOLE,
    /** A number. */
    NUMBER,
    /** A file. */
    FILE,
    /** A folder. */
    FOLDER,
    /** One or more folders. */
    FOLDERS
  }
}
