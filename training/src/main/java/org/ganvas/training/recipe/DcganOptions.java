package org.ganvas.training.recipe;

import java.util.List;
import org.ganvas.training.recipe.PlanOption.Kind;

/** What can be set of {@code dcgan} on the command line. */
final class DcganOptions {
  static final List<PlanOption> ALL =
      List.of(
          new PlanOption(
              "--data",
              "data.folders",
              Kind.FOLDERS,
              "Folders of pictures, or one with MNIST's IDX files."),
          new PlanOption(
              "--labels",
              "settings.pictures.labels",
              Kind.TEXT,
              "auto (the subfolders' names, or those of the IDX files), none, or a CSV file with"
                  + " lines of file,label."),
          new PlanOption(
              "--architecture",
              "settings.architecture",
              Kind.TEXT,
              "dcgan, or dense (fully connected networks)."),
          new PlanOption(
              "--size",
              "settings.pictures.side",
              Kind.WHOLE,
              "Height and width in pixels: 32, 64 or 128; of dense networks 8 to 128."),
          new PlanOption(
              "--channels", "settings.pictures.channels", Kind.WHOLE, "3 for colour, 1 for grey."),
          new PlanOption(
              "--latent", "settings.latent.size", Kind.WHOLE, "Numbers that a picture is made of."),
          new PlanOption(
              "--noise",
              "settings.latent.distribution",
              Kind.TEXT,
              "How these are drawn: GAUSSIAN, UNIFORM or SPHERE."),
          new PlanOption(
              "--loss",
              "settings.adversary.loss",
              Kind.TEXT,
              "MINIMAX, NON_SATURATING, LEAST_SQUARES, HINGE or WASSERSTEIN."),
          new PlanOption(
              "--penalty",
              "settings.adversary.penalty.kind",
              Kind.TEXT,
              "On the discriminator's gradient: NONE, WGAN_GP or R1."),
          new PlanOption(
              "--critic-steps",
              "settings.adversary.stepsPerGeneratorStep",
              Kind.WHOLE,
              "Steps of the discriminator for each one of the generator."),
          new PlanOption(
              "--generator-norm",
              "settings.convolutional.generatorNormalization",
              Kind.TEXT,
              "batch, virtual-batch, layer or none."),
          new PlanOption(
              "--discriminator-norm",
              "settings.convolutional.discriminatorNormalization",
              Kind.TEXT,
              "batch, instance, layer or none."),
          new PlanOption(
              "--features",
              "settings.features",
              Kind.FILE,
              "Weights such as squeezenet1_1.pth, by whose features validation compares generated"
                  + " pictures with real ones."),
          new PlanOption(
              "--validation",
              "data.validation",
              Kind.FOLDER,
              "Real pictures to compare with. Without: the training pictures."),
          PlanOption.STEPS,
          PlanOption.BATCH,
          PlanOption.LEARNING_RATE,
          PlanOption.DISCRIMINATOR_LEARNING_RATE,
          PlanOption.SEED);

  private DcganOptions() {}
}
