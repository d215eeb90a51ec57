package org.ganvas.training.recipe;

import org.ganvas.training.recipe.PlanOption.Kind;

/** Options of the command line that all methods that train translators have. */
final class TranslatorOptions {
  static final PlanOption GENERATOR =
      new PlanOption(
          "--generator",
          "settings.networks.generator.architecture",
          Kind.TEXT,
          "unet-256, unet-128, resnet-9, resnet-6 or squeeze-unet.");
  static final PlanOption CHANNELS =
      new PlanOption(
          "--channels",
          "settings.networks.generator.channels",
          Kind.WHOLE,
          "Channels of the generator's first layer, of squeeze-unet of its decoder at half the size."
              + " Default: 64, of squeeze-unet 32.");
  static final PlanOption NORMALIZATION =
      new PlanOption(
          "--normalization",
          "settings.networks.generator.normalization",
          Kind.TEXT,
          "Of the generator: batch, instance, instance-affine or none. Default: instance-affine of"
              + " a U-Net, instance of a ResNet; squeeze-unet has none.");
  static final PlanOption START_FROM =
      new PlanOption(
          "--start-from",
          "settings.networks.generator.startFrom",
          Kind.FILE,
          "A model or a file of weights; its tensors of equal name and shape are taken over into"
              + " the generator. For squeeze-unet SqueezeNet 1.1 as torchvision publishes it; for"
              + " cyclegan also a folder with the two models.");
  static final PlanOption DISCRIMINATOR =
      new PlanOption(
          "--discriminator",
          "settings.networks.discriminator.architecture",
          Kind.TEXT,
          "What judges: patch, or squeeze, which can start from SqueezeNet.");
  static final PlanOption DISCRIMINATOR_START_FROM =
      new PlanOption(
          "--discriminator-start-from",
          "settings.networks.discriminator.startFrom",
          Kind.FILE,
          "As --start-from, for the discriminator. For squeeze: SqueezeNet 1.1 as torchvision"
              + " publishes it.");
  static final PlanOption PATCH =
      new PlanOption(
          "--patch",
          "settings.networks.discriminator.receptiveField",
          Kind.WHOLE,
          "Side of the patches that a discriminator of kind patch judges: 1, 16, 70 or 286 pixels.");
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
