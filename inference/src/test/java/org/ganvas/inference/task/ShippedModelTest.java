package org.ganvas.inference.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.TestModels;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is promised of tiles, with the deep networks that ship. */
class ShippedModelTest {
  private static final Path MODELS = Path.of("..", "models");

  @ParameterizedTest
  @ValueSource(strings = {"photo-x4", "photo-x2"})
  void tiledIsUntiledBitForBitOrWithTheDefaultMarginWithinOneStep(String name)
      throws IOException {
    Path file = MODELS.resolve(name + ".pt");
    Assumptions.assumeTrue(Files.exists(file), name + " has not been trained yet");
    Picture picture = TestPictures.photo(151, 99, PixelLayout.RGB, 8);
    try (Upscaler upscaler = Upscaler.open(ModelFile.read(file), TestModels.EXACT)) {
      short[] untiled = samples(upscaler, picture, TilePolicy.OFF, TileMargin.EXACT);
      TilePolicy tiles = new TilePolicy.Size(96);
      assertThat(samples(upscaler, picture, tiles, TileMargin.EXACT)).isEqualTo(untiled);
      short[] tiled = samples(upscaler, picture, tiles, TileMargin.DEFAULT);
      for (int i = 0; i < untiled.length; i++) {
        assertThat(Math.abs(tiled[i] - untiled[i])).isLessThanOrEqualTo(1);
      }
    }
  }

  private static short[] samples(
      Upscaler upscaler, Picture picture, TilePolicy tiles, TileMargin margin)
      throws IOException {
    return upscaler
        .upscale(picture, UpscaleOptions.DEFAULT.withTiles(tiles, margin))
        .samples();
  }
}
