package org.ganvas.training.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ganvas.inference.model.Precision;
import org.ganvas.training.plan.PlanDraft;
import org.ganvas.training.recipe.Recipes;

/** For each training method a plan that is carried out in a blink, with every part at work. */
public final class TinyPlans {
  private TinyPlans() {}

  public static PlanDraft of(String method, Path folder) throws IOException {
    PlanDraft draft =
        switch (method) {
          case "super-resolution" ->
              TinyTraining.plan(folder, "compact-sr", Precision.FLOAT32)
                  .set("settings.teacher.model", start(folder).toString());
          case "srgan" -> srGan(folder);
          case "pix2pix" -> pix2pix(folder);
          case "cyclegan" -> cycleGan(folder);
          case "dcgan" -> dcgan(folder);
          default -> throw new IllegalArgumentException("a tiny plan is needed for " + method);
        };
    return draft.set("name", "tiny").set("data.batch", 2).set("intervals.log", 10);
  }

  private static PlanDraft srGan(Path folder) throws IOException {
    return Recipes.named("srgan")
        .draft()
        .set("data.folders", List.of(TinyTraining.photos(folder.resolve("photos")).toString()))
        .set("settings.generator", start(folder).toString())
        .set("settings.crop", 8)
        .set("settings.checkerboardFree", true)
        .set("settings.discriminator.channels", 4)
        .set("settings.discriminator.normalization", "layer")
        .set("settings.adversary.warmUp", 1)
        .set("settings.adversary.realTarget", 0.9)
        .set("settings.adversary.penalty.kind", "R1")
        .set("settings.adversary.penalty.every", 2);
  }

  private static PlanDraft pix2pix(Path folder) throws IOException {
    return translator("pix2pix", folder)
        .set("settings.pairs.kind", "colorize")
        // With running means, and with noise that a resumed run has to repeat.
        .set("settings.networks.generator.normalization", "batch")
        .set("settings.networks.generator.dropout", "training");
  }

  private static PlanDraft cycleGan(Path folder) throws IOException {
    return translator("cyclegan", folder)
        .set("settings.domains.kind", "painted")
        .set("settings.names", "paint,photo")
        .set("settings.pool", 4);
  }

  private static PlanDraft translator(String method, Path folder) throws IOException {
    return Recipes.named(method)
        .draft()
        .set("data.folders", List.of(TinyTraining.photos(folder.resolve("photos")).toString()))
        .set("settings.networks.generator.architecture", "resnet-6")
        .set("settings.networks.generator.channels", 2)
        .set("settings.networks.discriminator.receptiveField", 16)
        .set("settings.networks.discriminator.channels", 4)
        .set("settings.framing.load", 24)
        .set("settings.framing.crop", 16);
  }

  private static PlanDraft dcgan(Path folder) throws IOException {
    Path labelled = folder.resolve("labelled");
    Path unused = TinyTraining.photos(labelled.resolve("one"));
    unused = TinyTraining.photos(labelled.resolve("two"));
    return Recipes.named("dcgan")
        .draft()
        .set("data.folders", List.of(labelled.toString()))
        .set("settings.pictures.side", 32)
        .set("settings.pictures.mirror", true)
        .set("settings.latent.size", 5)
        .set("settings.convolutional.generatorChannels", 4)
        .set("settings.convolutional.discriminatorChannels", 4)
        .set("settings.convolutional.spectralNorm", true)
        .set("settings.augmentation.color", 0.5)
        .set("settings.augmentation.shift", 0.125)
        .set("settings.augmentation.cutout", 0.25);
  }

  /** A tiny super-resolution model to start or to learn from. */
  static Path start(Path folder) throws IOException {
    Path start = folder.resolve("start.pt");
    if (!Files.exists(start)) {
      try (TrainingSession session =
          TinyTraining.open(
              folder.resolve("start"),
              TinyTraining.plan(folder, "compact-sr", Precision.FLOAT32).finish())) {
        session.export(name -> start, 0, Map.of());
      }
    }
    return start;
  }
}
