package org.ganvas.training.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.training.gan.ExportedModel;
import org.ganvas.training.gan.Purpose;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.recipe.Recipes;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;

/** Super-resolution models that have learned nothing, and a picture for them. */
public final class TinyModels {
  private TinyModels() {}

  /**
   * Writes a model with weights drawn at random, the same every time.
   *
   * @param architecture the registered name of the network
   */
  public static ModelFile write(Architecture network, String architecture, Path file)
      throws IOException {
    Program program = network.program();
    StateDict state = program.initialize(5);
    ExportedModel exported =
        new ExportedModel("tiny", Purpose.SUPER_RESOLUTION, architecture, network, state);
    return ModelExporter.export(
        program,
        state,
        ModelCards.of(exported, Recipes.named("super-resolution").draft().finish(), 1, List.of()),
        file);
  }

  /** RGB noise of eight bits, the same every time. */
  static Picture noise(int width, int height) {
    SplittableRandom random = new SplittableRandom(2);
    short[] samples = new short[3 * width * height];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) random.nextInt(256);
    }
    return new Picture(width, height, PixelLayout.RGB, 8, samples);
  }
}
