package org.ganvas.inference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.stream.IntStream;
import org.ganvas.inference.image.ImageRefusedException;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.NetworkFacts;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.TestModels;
import org.ganvas.inference.tile.TileGrid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranslationTilingTest {
  private static final int MEGAPIXELS_4 = 1 << 22;

  @ParameterizedTest
  @ValueSource(ints = {40, 64, 100})
  void withTheStatisticsOfTheWholePictureTilesDoNotShow(int tile) throws IOException {
    Picture picture = TestPictures.photo(231, 150, PixelLayout.RGB, 8);
    try (ImageTranslator paint = open(TestModels.named("tiny-paint"), Precision.FLOAT32)) {
      Picture whole = paint.translate(picture, tiles(TilePolicy.OFF));
      Picture tiled = paint.translate(picture, tiles(new TilePolicy.Size(tile)));
      assertThat(largestDifference(tiled, whole)).isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FLOAT32", "BFLOAT16"})
  void aPictureWhoseStatisticsAreThoseOfAReducedOneHasNoSeams(Precision precision)
      throws IOException {
    Picture picture = TestPictures.photo(1500, 130, PixelLayout.RGB, 8);
    try (ImageTranslator paint = open(TestModels.named("tiny-paint"), precision)) {
      Picture some = paint.translate(picture, tiles(new TilePolicy.Size(128)));
      Picture others = paint.translate(picture, tiles(new TilePolicy.Size(200)));
      assertThat(largestDifference(some, others)).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void withoutThemSeamsWouldBeSeen() throws IOException {
    Picture picture = TestPictures.photo(231, 150, PixelLayout.RGB, 8);
    ModelFile forgetful = changed(8, null);
    try (ImageTranslator paint = open(forgetful, Precision.FLOAT32)) {
      Picture whole = paint.translate(picture, tiles(TilePolicy.OFF));
      Picture tiled = paint.translate(picture, tiles(new TilePolicy.Size(64)));
      assertThat(largestDifference(tiled, whole)).isGreaterThan(10);
    }
  }

  @Test
  void aPictureIsGivenWholeAsLongAsItFits() throws Exception {
    NetworkFacts facts = TestModels.named("tiny-paint").card().network();
    TranslationTiles tiles = new TranslationTiles(facts, MEGAPIXELS_4, 2);
    assertThat(tiles.grid(TranslateOptions.DEFAULT, 2048, 2045).size()).isEqualTo(1);
    assertThat(tiles.grid(TranslateOptions.DEFAULT, 2048, 2049).size()).isGreaterThan(4);
  }

  @Test
  void allTilesThatAreComputedAtOnceFitTogether() throws Exception {
    for (int margin : new int[] {0, 8, 90, 200}) {
      NetworkFacts facts = changed(margin, 36).card().network();
      TranslationTiles tiles = new TranslationTiles(facts, MEGAPIXELS_4, 2);
      TileGrid grid = tiles.grid(TranslateOptions.DEFAULT, 4096, 3072);
      for (int row = 0; row < grid.rows(); row++) {
        assertThat(grid.strip(row))
            .allSatisfy(
                tile ->
                    assertThat((long) tile.source().width() * tile.source().height())
                        .isLessThanOrEqualTo(MEGAPIXELS_4 / 2));
      }
    }
  }

  @Test
  void aNetworkThatNeedsTheWholePictureRefusesALargerOne() throws Exception {
    NetworkFacts facts = changed(null, null).card().network();
    TranslationTiles tiles = new TranslationTiles(facts, 10_000, 2);
    assertThat(tiles.grid(TranslateOptions.DEFAULT, 100, 100).size()).isEqualTo(1);
    assertThatThrownBy(() -> tiles.grid(TranslateOptions.DEFAULT, 101, 100))
        .isInstanceOf(ImageRefusedException.class)
        .hasMessageContaining("at most 10,000 pixels on this machine, found 101x100 = 10,100")
        .hasMessageContaining("--fit");
  }

  @Test
  void withoutTilesALargerOneIsGivenWholeAllTheSame() throws Exception {
    NetworkFacts facts = changed(null, null).card().network();
    TranslationTiles tiles = new TranslationTiles(facts, 10_000, 2);
    assertThat(tiles.grid(tiles(TilePolicy.OFF), 200, 200).size()).isEqualTo(1);
  }

  private static TranslateOptions tiles(TilePolicy tiles) {
    return TranslateOptions.DEFAULT.withTiles(tiles, TileMargin.EXACT);
  }

  private static ImageTranslator open(ModelFile file, Precision precision) throws IOException {
    return ImageTranslator.open(file, new ComputeChoice(DeviceChoice.CPU, precision));
  }

  /** A file whose card says something else of its network. */
  private static ModelFile changed(@Nullable Integer margin, @Nullable Integer statistics)
      throws IOException {
    ModelFile file = TestModels.named("tiny-paint");
    NetworkFacts facts = file.card().network();
    NetworkFacts changed =
        new NetworkFacts(
            facts.architecture(),
            facts.options(),
            3,
            3,
            1,
            facts.sizeMultiple(),
            margin,
            statistics,
            facts.parameters(),
            facts.multiplyAddsPerOutputPixel(),
            facts.fastLayout());
    return TestModels.withNetwork(file, changed);
  }

  private static int largestDifference(Picture a, Picture b) {
    assertThat(a.samples()).hasSameSizeAs(b.samples());
    return IntStream.range(0, a.samples().length)
        .map(i -> Math.abs(a.samples()[i] - b.samples()[i]))
        .max()
        .orElseThrow();
  }
}
