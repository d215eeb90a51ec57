package org.ganvas.inference.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.ganvas.inference.model.NetworkFacts;
import org.ganvas.inference.model.TestModels;
import org.ganvas.inference.tile.TileGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TilePlanTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 8})
  void noWorkerWaitsWhileTheOthersComputeTheRestOfARow(int workers) throws Exception {
    for (int width = 200 * workers; width < 4000; width += 77) {
      assertThat(grid(workers, width, 3000).columns() % workers).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 320", "2, 320", "4, 320", "8, 227"})
  void tilesAreSmallerWhereManyOfThemAreComputedAtOnce(int workers, int largest) throws Exception {
    TileGrid grid = grid(workers, 6000, 4000);
    assertThat(grid.tileWidth()).isBetween(largest / 2, largest);
    assertThat(grid.tileHeight()).isBetween(largest / 2, largest);
  }

  @Test
  void aSmallPhotoIsSharedOnlyIfTilesAreMoreThanMargin() throws Exception {
    assertThat(grid(2, 191, 191).size()).isEqualTo(1);
    assertThat(grid(2, 192, 192).columns()).isEqualTo(2);
    assertThat(grid(8, 300, 200).columns()).isEqualTo(2);
  }

  private static TileGrid grid(int workers, int width, int height) throws Exception {
    NetworkFacts facts = TestModels.tiny(2).card().network();
    return new TilePlan(facts, TilePolicy.AUTO, TileMargin.DEFAULT, workers).grid(width, height);
  }
}
