package org.ganvas.inference.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.TestModels;

class UpscalerTilingTest {
  private static Upscaler full;
  private static Upscaler reduced;

  @BeforeContainer
  static void open() throws IOException {
    full = Upscaler.open(TestModels.tiny(2), TestModels.EXACT);
    reduced =
        Upscaler.open(TestModels.tiny(4), new ComputeChoice(DeviceChoice.CPU, Precision.BFLOAT16));
  }

  @AfterContainer
  static void close() {
    full.close();
    reduced.close();
  }

  @Property(tries = 150)
  void withTheExactMarginTiledIsUntiledBitForBit(
      @ForAll @IntRange(min = 1, max = 160) int width,
      @ForAll @IntRange(min = 1, max = 160) int height,
      @ForAll @IntRange(min = 16, max = 140) int tile)
      throws IOException {
    Picture picture = TestPictures.photo(width, height, PixelLayout.RGB, 16);
    assertThat(tiled(full, picture, tile, TileMargin.EXACT)).isEqualTo(untiled(full, picture));
  }

  @Property(tries = 20)
  void ofAllEightWaysTooTiledIsUntiledBitForBit(
      @ForAll @IntRange(min = 1, max = 100) int width,
      @ForAll @IntRange(min = 1, max = 100) int height,
      @ForAll @IntRange(min = 16, max = 80) int tile)
      throws IOException {
    Picture picture = TestPictures.photo(width, height, PixelLayout.RGB, 16);
    UpscaleOptions options = UpscaleOptions.DEFAULT.withSelfEnsemble(true);
    TilePolicy tiles = new TilePolicy.Size(tile);
    assertThat(full.upscale(picture, options.withTiles(tiles, TileMargin.EXACT)).samples())
        .isEqualTo(
            full.upscale(picture, options.withTiles(TilePolicy.OFF, TileMargin.EXACT)).samples());
  }

  @Property(tries = 40)
  void inBfloat16TooTiledIsUntiledBitForBit(
      @ForAll @IntRange(min = 1, max = 160) int width,
      @ForAll @IntRange(min = 1, max = 160) int height,
      @ForAll @IntRange(min = 16, max = 140) int tile)
      throws IOException {
    Picture picture = TestPictures.photo(width, height, PixelLayout.RGB, 16);
    assertThat(tiled(reduced, picture, tile, TileMargin.EXACT))
        .isEqualTo(untiled(reduced, picture));
  }

  @Property(tries = 20)
  void withoutMarginSeamsWouldBeSeen(@ForAll @IntRange(min = 41, max = 90) int width)
      throws IOException {
    Picture picture = TestPictures.photo(width, 40, PixelLayout.RGB, 16);
    assertThat(tiled(full, picture, 32, new TileMargin.Pixels(0)))
        .isNotEqualTo(untiled(full, picture));
  }

  private static short[] untiled(Upscaler upscaler, Picture picture) throws IOException {
    return upscaler
        .upscale(picture, UpscaleOptions.DEFAULT.withTiles(TilePolicy.OFF, TileMargin.EXACT))
        .samples();
  }

  private static short[] tiled(Upscaler upscaler, Picture picture, int size, TileMargin margin)
      throws IOException {
    return upscaler
        .upscale(picture, UpscaleOptions.DEFAULT.withTiles(new TilePolicy.Size(size), margin))
        .samples();
  }
}
