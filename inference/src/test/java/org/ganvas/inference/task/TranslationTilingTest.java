package org.ganvas.inference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ganvas.inference.task.TestPictures.largestDifference;

import java.io.IOException;
import org.ganvas.inference.image.ImageRefusedException;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.NetworkFacts;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.TestModels;
import org.ganvas.inference.model.TranslationRule;
import org.ganvas.inference.tile.TileGrid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @Test
  void norDoTheyShowWhereThePictureIsSeenMirroredToo() throws IOException {
    Picture picture = TestPictures.photo(231, 150, PixelLayout.RGB, 8);
    TranslationRule rule = new TranslationRule(TranslationRule.Output.AS_IS, 231);
    ModelFile seeingTwice = TestModels.withRule(TestModels.named("tiny-paint"), rule);
    try (ImageTranslator paint = open(seeingTwice, Precision.FLOAT32)) {
      Picture whole = paint.translate(picture, tiles(TilePolicy.OFF));
      Picture tiled = paint.translate(picture, tiles(new TilePolicy.Size(64)));
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
      for (int workers : new int[] {1, 2, 8}) {
        NetworkFacts facts = changed(margin, 36).card().network();
        assertFitTogether(new TranslationTiles(facts, MEGAPIXELS_4, workers));
      }
    }
  }

  private static TileGrid assertFitTogether(TranslationTiles tiles) throws Exception {
    TileGrid grid = tiles.grid(TranslateOptions.DEFAULT, 4096, 3072);
    int atOnce = tiles.atOnce(grid);
    assertThat(atOnce).isBetween(1, tiles.workers());
    for (int row = 0; row < grid.rows(); row++) {
      assertThat(grid.strip(row))
          .allSatisfy(
              tile ->
                  assertThat((long) tile.source().width() * tile.source().height())
                      .isLessThanOrEqualTo(MEGAPIXELS_4 / atOnce));
    }
    return grid;
  }

  /** Of the U-Nets of pix2pix; their facts are in UNetGenerator's program. */
  @ParameterizedTest
  @CsvSource({"765, 256, 6", "381, 128, 3"})
  void ofANetworkThatSeesFarFewLargeTilesAreComputedOneAtATime(
      int margin, int multiple, int timesThePicture) throws Exception {
    NetworkFacts facts = changed(margin, 36, multiple).card().network();
    TranslationTiles tiles = new TranslationTiles(facts, MEGAPIXELS_4, 2);
    TileGrid grid = assertFitTogether(tiles);
    assertThat(tiles.atOnce(grid)).isEqualTo(1);
    long computed = (long) grid.size() * grid.tileWidth() * grid.tileHeight();
    assertThat(computed).isLessThan((long) timesThePicture * 4096 * 3072);
  }

  @Test
  void whereNotEvenOneTileFitsThePictureIsRefused() throws Exception {
    NetworkFacts facts = changed(765, 36, 256).card().network();
    TranslationTiles tiles = new TranslationTiles(facts, 3_000_000, 2);
    assertThatThrownBy(() -> tiles.grid(TranslateOptions.DEFAULT, 4096, 3072))
        .isInstanceOf(ImageRefusedException.class)
        .hasMessageContaining("its tiles have 3,211,264 pixels or more")
        .hasMessageContaining("at most 3,000,000 at once, found a picture of 4096x3072")
        .hasMessageContaining("--tile-pad");
    TileMargin little = new TileMargin.Pixels(128);
    TranslateOptions inexact = TranslateOptions.DEFAULT.withTiles(TilePolicy.AUTO, little);
    assertThat(tiles.grid(inexact, 4096, 3072).size()).isGreaterThan(4);
  }

  @ParameterizedTest
  @CsvSource({"2, 60, 2, 1", "2, 60, 1, 2", "2, 1, 2, 2", "8, 60, 3, 3", "1, 60, 1, 1"})
  void soManyThreadsWorkOnATileThatNoMoreAreComputedAtOnce(
      int threads, int tiles, int atOnce, int each) {
    assertThat(TileWorkers.threadsPerTile(threads, tiles, atOnce)).isGreaterThanOrEqualTo(each);
    assertThat(threads / TileWorkers.threadsPerTile(threads, tiles, atOnce))
        .isBetween(1, Math.max(1, atOnce));
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
    int multiple = TestModels.named("tiny-paint").card().network().sizeMultiple();
    return changed(margin, statistics, multiple);
  }

  private static ModelFile changed(
      @Nullable Integer margin, @Nullable Integer statistics, int multiple) throws IOException {
    ModelFile file = TestModels.named("tiny-paint");
    NetworkFacts facts = file.card().network();
    NetworkFacts changed =
        new NetworkFacts(
            facts.architecture(),
            facts.options(),
            3,
            3,
            1,
            multiple,
            margin,
            statistics,
            facts.parameters(),
            facts.multiplyAddsPerOutputPixel(),
            facts.fastLayout());
    return TestModels.withNetwork(file, changed);
  }
}
