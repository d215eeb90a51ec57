package org.ganvas.training.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.GeneratorModel;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.network.ReferenceNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the statistics of the whole picture a network with instance norm can be run in tiles. */
class WholePictureStatisticsTest {
  private static final ProgramMethod PLAIN =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);
  private static final ProgramMethod REDUCED =
      new ProgramMethod(Precision.BFLOAT16, MemoryLayout.CHANNELS_FIRST);
  private static final int HEIGHT = 64;
  private static final int WIDTH = 320;

  @TempDir Path folder;

  private GeneratorModel load() throws IOException, URISyntaxException {
    Path weights =
        Path.of(WholePictureStatisticsTest.class.getResource("latest_net_G.pth").toURI());
    ModelFile file =
        new ModelImporter("resnet-6", Map.of("channels", "1"), "narrow", "MIT")
            .importFrom(weights, folder.resolve("narrow.pt"));
    return GeneratorModel.load(file, new ComputeChoice(DeviceChoice.CPU, Precision.FLOAT32));
  }

  private static FloatPlanes picture() {
    FloatPlanes picture = FloatPlanes.zeros(3, HEIGHT, WIDTH);
    float[] numbers = ReferenceNetworks.picture(picture.values().length);
    System.arraycopy(numbers, 0, picture.values(), 0, numbers.length);
    return picture;
  }

  /** Columns from left to right of all rows. */
  private static FloatPlanes columns(FloatPlanes picture, int left, int right) {
    FloatPlanes part = FloatPlanes.zeros(picture.channels(), picture.height(), right - left);
    for (int row = 0; row < picture.channels() * picture.height(); row++) {
      System.arraycopy(
          picture.values(),
          row * picture.width() + left,
          part.values(),
          row * (right - left),
          right - left);
    }
    return part;
  }

  private static float largestDifference(FloatPlanes a, FloatPlanes b) {
    assertThat(a.values()).hasSameSizeAs(b.values());
    float largest = 0;
    for (int i = 0; i < a.values().length; i++) {
      largest = Math.max(largest, Math.abs(a.values()[i] - b.values()[i]));
    }
    return largest;
  }

  @Test
  void aTileGivesWhatTheWholePictureGives() throws Exception {
    try (GeneratorModel model = load()) {
      FloatPlanes picture = picture();
      FloatPlanes whole = model.run(picture, PLAIN);
      float[] statistics = model.statistics(picture, PLAIN);
      assertThat(statistics).hasSize(model.card().network().statistics());
      int margin = model.card().network().margin();
      // 3 + 1 + 2 of the encoder, 12 convolutions at a quarter, 4 + 2 + 3 of the decoder.
      assertThat(margin).isEqualTo(63);
      FloatPlanes tile = columns(picture, 64, 256);
      FloatPlanes expected = columns(whole, 64 + margin + 1, 256 - margin - 1);
      FloatPlanes found = model.run(tile, statistics, PLAIN, 1);
      assertThat(largestDifference(columns(found, margin + 1, 191 - margin), expected))
          .isLessThan(1e-5f);
      // By its own statistics the tile would look otherwise.
      FloatPlanes alone = model.run(tile, PLAIN);
      assertThat(largestDifference(columns(alone, margin + 1, 191 - margin), expected))
          .isGreaterThan(0.01f);
    }
  }

  @Test
  void theMethodsOfAllPrecisionsTakeThem() throws Exception {
    try (GeneratorModel model = load()) {
      FloatPlanes picture = picture();
      FloatPlanes plain = model.run(picture, PLAIN);
      float[] statistics = model.statistics(picture, REDUCED);
      FloatPlanes reduced = model.run(picture, statistics, REDUCED, 1);
      assertThat(largestDifference(reduced, plain)).isBetween(1e-5f, 0.3f);
      assertThat(largestDifference(reduced, model.run(picture, REDUCED))).isLessThan(0.15f);
    }
  }
}
