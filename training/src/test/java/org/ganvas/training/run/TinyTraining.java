package org.ganvas.training.run;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.Precision;
import org.ganvas.training.plan.PlanDraft;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.recipe.Recipes;

/** A run small enough for a test; its main method is what the tests kill. */
final class TinyTraining {
  static final long STEPS = 30;

  private TinyTraining() {}

  /**
   * Starts or continues a run.
   *
   * @param arguments folder, what is trained, precision
   */
  public static void main(String[] arguments) throws Exception {
    train(Path.of(arguments[0]), arguments[1], Precision.valueOf(arguments[2]));
  }

  /**
   * Starts or continues a run.
   *
   * @param trained a method, or the architecture of a super-resolution network
   */
  static long train(Path folder, String trained, Precision precision) throws Exception {
    PlanDraft draft =
        Recipes.all().stream().anyMatch(recipe -> recipe.name().equals(trained))
            ? TinyPlans.of(trained, folder).set("precision", precision)
            : plan(folder, trained, precision);
    TrainingPlan plan =
        draft.set("optimization.steps", STEPS).set("intervals.checkpoint", 2).finish();
    try (TrainingSession session =
        open(folder, Recipes.named(plan.method()).complete(plan, true))) {
      return session.prepare().run(session.done());
    }
  }

  static TrainingSession open(Path folder, TrainingPlan plan) throws IOException {
    return TrainingSession.open(
        plan, new RunFolder(folder.resolve("run")), DeviceChoice.CPU, line -> {});
  }

  static PlanDraft plan(Path folder, String architecture, Precision precision) throws IOException {
    return Recipes.named("super-resolution")
        .draft()
        .set("name", "tiny")
        .set("precision", precision)
        .set("settings.network.architecture", architecture)
        .set("settings.network.channels", architecture.equals("srresnet") ? 64 : 8)
        .set("settings.network.blocks", 1)
        .set("settings.network.scale", 2)
        .set("data.folders", List.of(photos(folder.resolve("photos")).toString()))
        .set("settings.crop", 16)
        .set("data.batch", 2)
        .set("optimization.steps", STEPS)
        .set("optimization.warmUp", 5)
        .set("intervals.log", 10)
        .set("intervals.checkpoint", 2);
  }

  /** A folder with a few photos of soft shapes with noise. */
  static Path photos(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectories(folder);
      for (int photo = 0; photo < 3; photo++) {
        Random random = new Random(photo);
        BufferedImage image = new BufferedImage(80, 70, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 70; y++) {
          for (int x = 0; x < 80; x++) {
            int grey = (int) (128 + 90 * Math.sin(x / 4.0 + photo) * Math.cos(y / 5.0));
            image.setRGB(x, y, 0x010101 * grey ^ random.nextInt(16));
          }
        }
        ImageIO.write(image, "png", folder.resolve("photo" + photo + ".png").toFile());
      }
    }
    return folder;
  }
}
