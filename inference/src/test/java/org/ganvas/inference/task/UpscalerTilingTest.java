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
  private static final UpscaleOptions UNTILED =
      UpscaleOptions.DEFAULT.withTiles(TilePolicy.OFF, TileMargin.EXACT);

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
    assertThat(samples(full, picture, tiles(tile, TileMargin.EXACT)))
        .isEqualTo(samples(full, picture, UNTILED));
  }

  @Property(tries = 20)
  void ofAllEightWaysTooTiledIsUntiledBitForBit(
      @ForAll @IntRange(min = 1, max = 100) int width,
      @ForAll @IntRange(min = 1, max = 100) int height,
      @ForAll @IntRange(min = 16, max = 80) int tile)
      throws IOException {
    Picture picture = TestPictures.photo(width, height, PixelLayout.RGB, 16);
    UpscaleOptions tiled = tiles(tile, TileMargin.EXACT).withSelfEnsemble(true);
    assertThat(samples(full, picture, tiled))
        .isEqualTo(samples(full, picture, UNTILED.withSelfEnsemble(true)));
  }

  @Property(tries = 40)
  void inBfloat16TooTiledIsUntiledBitForBit(
      @ForAll @IntRange(min = 1, max = 160) int width,
      @ForAll @IntRange(min = 1, max = 160) int height,
      @ForAll @IntRange(min = 16, max = 140) int tile)
      throws IOException {
    Picture picture = TestPictures.photo(width, height, PixelLayout.RGB, 16);
    assertThat(samples(reduced, picture, tiles(tile, TileMargin.EXACT)))
        .isEqualTo(samples(reduced, picture, UNTILED));
  }

  @Property(tries = 20)
  void withoutMarginSeamsWouldBeSeen(@ForAll @IntRange(min = 41, max = 90) int width)
      throws IOException {
    Picture picture = TestPictures.photo(width, 40, PixelLayout.RGB, 16);
    assertThat(samples(full, picture, tiles(32, new TileMargin.Pixels(0))))
        .isNotEqualTo(samples(full, picture, UNTILED));
  }

  private static UpscaleOptions tiles(int size, TileMargin margin) {
    return UpscaleOptions.DEFAULT.withTiles(new TilePolicy.Size(size), margin);
  }

  private static short[] samples(Upscaler upscaler, Picture picture, UpscaleOptions options)
      throws IOException {
    return upscaler.upscale(picture, options).samples();
  }
}
