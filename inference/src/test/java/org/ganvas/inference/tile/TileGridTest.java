package org.ganvas.inference.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TileGridTest {

  @Property
  void innerRectanglesPartitionThePictureExactly(
      @ForAll @IntRange(min = 1, max = 90) int columns,
      @ForAll @IntRange(min = 1, max = 90) int rows,
      @ForAll @IntRange(min = 0, max = 30) int beyondSmallest,
      @ForAll @IntRange(min = 0, max = 9) int margin,
      @ForAll @IntRange(min = 1, max = 4) int multiple) {
    int width = columns * multiple;
    int height = rows * multiple;
    int[] covered = new int[width * height];
    for (Tile tile : tiles(grid(width, height, beyondSmallest, margin, multiple))) {
      for (int y = tile.inner().top(); y < tile.inner().bottom(); y++) {
        for (int x = tile.inner().left(); x < tile.inner().right(); x++) {
          covered[y * width + x]++;
        }
      }
    }
    assertThat(covered).containsOnly(1);
  }

  @Property
  void everySourceIsInsideThePictureAndHoldsTheMarginAsFarAsThePictureReaches(
      @ForAll @IntRange(min = 1, max = 300) int columns,
      @ForAll @IntRange(min = 1, max = 300) int rows,
      @ForAll @IntRange(min = 0, max = 60) int beyondSmallest,
      @ForAll @IntRange(min = 0, max = 40) int margin,
      @ForAll @IntRange(min = 1, max = 4) int multiple) {
    int width = columns * multiple;
    int height = rows * multiple;
    Rectangle picture = new Rectangle(0, 0, width, height);
    int tileSize = TileGrid.smallestTile(margin, multiple) + beyondSmallest;
    for (Tile tile : tiles(grid(width, height, beyondSmallest, margin, multiple))) {
      assertThat(picture.contains(tile.source())).isTrue();
      assertThat(tile.source().contains(withMargin(tile.inner(), margin, picture))).isTrue();
      assertThat(tile.source().width()).isLessThanOrEqualTo(tileSize);
      assertThat(tile.source().height()).isLessThanOrEqualTo(tileSize);
    }
  }

  @Property
  void allSourcesHaveOneShapeAndStandOnMultiples(
      @ForAll @IntRange(min = 1, max = 300) int columns,
      @ForAll @IntRange(min = 1, max = 300) int rows,
      @ForAll @IntRange(min = 0, max = 60) int beyondSmallest,
      @ForAll @IntRange(min = 0, max = 40) int margin,
      @ForAll @IntRange(min = 1, max = 4) int multiple) {
    TileGrid grid = grid(columns * multiple, rows * multiple, beyondSmallest, margin, multiple);
    Rectangle first = grid.strip(0).get(0).source();
    for (Tile tile : tiles(grid)) {
      assertThat(List.of(tile.source().width(), tile.source().height()))
          .containsExactly(first.width(), first.height());
      assertThat(
              IntStream.of(
                  tile.source().left() % multiple,
                  tile.source().top() % multiple,
                  tile.source().right() % multiple,
                  tile.source().bottom() % multiple))
          .containsOnly(0);
    }
  }

  @Test
  void aPictureSmallerThanATileIsOneTileWithoutMargin() {
    TileGrid grid = TileGrid.of(7, 3, 64, 16, 1);
    assertThat(grid.strip(0))
        .containsExactly(new Tile(new Rectangle(0, 0, 7, 3), new Rectangle(0, 0, 7, 3)));
  }

  @Test
  void tilesAreEvenedOutSoThatNoWorkIsDoneTwiceBeyondTheMargins() {
    TileGrid grid = TileGrid.of(300, 10, 256, 16, 1);
    assertThat(grid.strip(0))
        .extracting(Tile::source)
        .containsExactly(new Rectangle(0, 0, 166, 10), new Rectangle(134, 0, 166, 10));
  }

  @Property
  void inOtherColumnsItIsAGridAllTheSame(
      @ForAll @IntRange(min = 1, max = 300) int width,
      @ForAll @IntRange(min = 1, max = 8) int wanted,
      @ForAll @IntRange(min = 0, max = 9) int margin,
      @ForAll @IntRange(min = 1, max = 4) int multiple) {
    TileGrid grid = grid(width * multiple, 40 * multiple, 60, margin, multiple);
    TileGrid other = grid.inColumns(wanted, margin, multiple);
    assertThat(other.rows()).isEqualTo(grid.rows());
    assertThat(other.columns()).isBetween(1, wanted);
    int end = 0;
    Rectangle picture = new Rectangle(0, 0, width * multiple, 40 * multiple);
    for (Tile tile : other.strip(0)) {
      assertThat(tile.inner().left()).isEqualTo(end);
      assertThat(tile.source().contains(withMargin(tile.inner(), margin, picture))).isTrue();
      end = tile.inner().right();
    }
    assertThat(end).isEqualTo(width * multiple);
  }

  @Test
  void aPictureForTwoWorkersIsCutInTheMiddle() {
    assertThat(TileGrid.whole(256, 256).inColumns(2, 16, 1).strip(0))
        .containsExactly(
            new Tile(new Rectangle(0, 0, 144, 256), new Rectangle(0, 0, 128, 256)),
            new Tile(new Rectangle(112, 0, 144, 256), new Rectangle(128, 0, 128, 256)));
  }

  @Test
  void refusesATileThatIsAllMargin() {
    assertThatThrownBy(() -> TileGrid.of(100, 100, 32, 16, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 33")
        .hasMessageContaining("found 32");
  }

  @Test
  void refusesAPictureThatIsNoMultiple() {
    assertThatThrownBy(() -> TileGrid.of(101, 100, 64, 0, 4)).hasMessageContaining("101x100");
  }

  private static TileGrid grid(int width, int height, int beyond, int margin, int multiple) {
    int tileSize = TileGrid.smallestTile(margin, multiple) + beyond;
    return TileGrid.of(width, height, tileSize, margin, multiple);
  }

  private static List<Tile> tiles(TileGrid grid) {
    List<Tile> tiles = new ArrayList<>();
    IntStream.range(0, grid.rows()).forEach(row -> tiles.addAll(grid.strip(row)));
    assertThat(tiles).hasSize(grid.size());
    return tiles;
  }

  private static Rectangle withMargin(Rectangle inner, int margin, Rectangle picture) {
    int left = Math.max(0, inner.left() - margin);
    int top = Math.max(0, inner.top() - margin);
    int right = Math.min(picture.right(), inner.right() + margin);
    int bottom = Math.min(picture.bottom(), inner.bottom() + margin);
    return new Rectangle(left, top, right - left, bottom - top);
  }
}
