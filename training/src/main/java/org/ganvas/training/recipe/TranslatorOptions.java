package org.ganvas.training.recipe;

import org.ganvas.training.recipe.PlanOption.Kind;

/** Options of the command line that all methods that train translators have. */
final class TranslatorOptions {
  static final PlanOption GENERATOR =
      new PlanOption(
          "--generator",
          "settings.networks.generator.architecture",
          Kind.TEXT,
          "unet-256, unet-128, resnet-9 or resnet-6.");
  static final PlanOption CHANNELS =
      new PlanOption(
          "--channels",
          "settings.networks.generator.channels",
          Kind.WHOLE,
          "Channels of the generator's first layer.");
  static final PlanOption NORMALIZATION =
      new PlanOption(
          "--normalization",
          "settings.networks.generator.normalization",
          Kind.TEXT,
          "Of the generator: batch, instance, instance-affine or none.");
  static final PlanOption PATCH =
      new PlanOption(
          "--patch",
          "settings.networks.discriminator.receptiveField",
          Kind.WHOLE,
          "Side of the patches that the discriminator judges: 1, 16, 70 or 286 pixels.");
  static final PlanOption LOAD =
      new PlanOption(
          "--load",
          "settings.framing.load",
          Kind.WHOLE,
          "Shorter side that pictures are resized to before squares are cut out of them;"
              + " --set settings.framing.load=null leaves their size.");
  static final PlanOption CROP =
      new PlanOption("--crop", "settings.framing.crop", Kind.WHOLE, "Side of the squares.");

  private TranslatorOptions() {}
}
