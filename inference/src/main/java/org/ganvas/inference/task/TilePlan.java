package org.ganvas.inference.task;

import java.util.Objects;
import org.ganvas.inference.model.NetworkFacts;
import org.ganvas.inference.tile.TileGrid;

/**
 * Chooses the tiles for a picture.
 *
 * @param margin what tiles share; where the network needs the whole picture, {@link
 *     TileMargin#EXACT} allows no tiles
 * @param workers how many tiles beside each other are computed at once
 */
record TilePlan(NetworkFacts network, TilePolicy tiles, TileMargin margin, int workers) {
  /**
   * Smaller tiles are mostly margin; with larger ones an activation of 64 float32 channels exceeds
   * 32 MiB, from where on glibc asks the system for new memory each time
   * (DEFAULT_MMAP_THRESHOLD_MAX in malloc.c), which halves the speed.
   */
  private static final int LARGEST_SIDE = 320;

  private static final int FEWEST_AT_ONCE = 4;

  /**
   * Pixels of all tiles that are computed at once. Each of them holds memory for some activations;
   * with eight workers on the largest tiles that was more than 4 GB.
   */
  private static final int MOST_AT_ONCE = FEWEST_AT_ONCE * LARGEST_SIDE * LARGEST_SIDE;

  /** What a tile has beside its margin, or more: else it is no use to share the work. */
  private static final int SMALLEST_INNER = 96;

  /** Three float32 channels of a result lie in one buffer, which Java limits to 2 GiB. */
  private static final long LARGEST_UNTILED = Integer.MAX_VALUE / (3 * Float.BYTES);

  /** Tiles of the picture, filled up to the network's size multiple on the right and below. */
  TileGrid grid(int width, int height) {
    int multiple = network.sizeMultiple();
    int fullWidth = network.filledUp(width);
    int fullHeight = network.filledUp(height);
    if (tiles instanceof TilePolicy.Off || needsWhole()) {
      requireFits((long) fullWidth * fullHeight * network.scale() * network.scale());
      return TileGrid.whole(fullWidth, fullHeight);
    }
    int pixels = marginPixels();
    int smallest = TileGrid.smallestTile(pixels, multiple);
    if (tiles instanceof TilePolicy.Size size) {
      if (size.pixels() < smallest && Math.max(fullWidth, fullHeight) > size.pixels()) {
        throw new IllegalArgumentException(
            "with a margin of %d pixels a tile of this model has at least %d along a side, found %d"
                .formatted(pixels, smallest, size.pixels()));
      }
      long side = Math.max(size.pixels(), smallest);
      long scale = network.scale();
      requireFits(Math.min(side, fullWidth) * Math.min(side, fullHeight) * scale * scale);
      return TileGrid.of(fullWidth, fullHeight, (int) side, pixels, multiple);
    }
    int side = (int) Math.sqrt((double) MOST_AT_ONCE / Math.max(workers, FEWEST_AT_ONCE));
    return forAllWorkers(
        TileGrid.of(fullWidth, fullHeight, Math.max(side, 2 * smallest), pixels, multiple));
  }

  /** Rather a few more columns than workers that wait, for rows of tiles follow each other. */
  private TileGrid forAllWorkers(TileGrid grid) {
    int pixels = marginPixels();
    int columns = (grid.columns() + workers - 1) / workers * workers;
    int least = columns * Math.max(SMALLEST_INNER, 2 * pixels);
    return grid.width() < least ? grid : grid.inColumns(columns, pixels, network.sizeMultiple());
  }

  private static void requireFits(long outputPixels) {
    if (outputPixels > LARGEST_UNTILED) {
      throw new IllegalArgumentException(
          "without tiles a result has at most %d pixels, found %d; use tiles"
              .formatted(LARGEST_UNTILED, outputPixels));
    }
  }

  /** Whether no tiles are possible. */
  boolean needsWhole() {
    return network.margin() == null && margin instanceof TileMargin.Exact;
  }

  /** The margin, where there are tiles. */
  int marginPixels() {
    int exact = Objects.requireNonNullElse(network.margin(), Integer.MAX_VALUE);
    return margin instanceof TileMargin.Pixels pixels ? Math.min(pixels.count(), exact) : exact;
  }
}
