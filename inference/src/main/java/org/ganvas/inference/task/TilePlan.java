package org.ganvas.inference.task;

import org.ganvas.inference.model.NetworkFacts;
import org.ganvas.inference.tile.TileGrid;

/** Chooses the tiles for a picture. */
final class TilePlan {
  /**
   * Smaller tiles are mostly margin; with larger ones an activation of 64 float32 channels exceeds
   * 32 MiB, from where on glibc asks the system for new memory each time
   * (DEFAULT_MMAP_THRESHOLD_MAX in malloc.c), which halves the speed.
   */
  private static final int AUTO_SIZE = 320;

  /** Three float32 channels of a result lie in one buffer, which Java limits to 2 GiB. */
  private static final long LARGEST_UNTILED = Integer.MAX_VALUE / (3 * Float.BYTES);

  private TilePlan() {}

  /** Tiles of the picture, filled up to the network's size multiple on the right and below. */
  static TileGrid grid(NetworkFacts network, UpscaleOptions options, int width, int height) {
    int multiple = network.sizeMultiple();
    int fullWidth = Math.multiplyExact(ceilDivide(width, multiple), multiple);
    int fullHeight = Math.multiplyExact(ceilDivide(height, multiple), multiple);
    Integer exact = network.margin();
    boolean needsWhole = exact == null && options.margin() instanceof TileMargin.Exact;
    if (options.tiles() instanceof TilePolicy.Off || needsWhole) {
      requireFits((long) fullWidth * fullHeight * network.scale() * network.scale());
      return TileGrid.whole(fullWidth, fullHeight);
    }
    int margin = margin(options.margin(), exact == null ? Integer.MAX_VALUE : exact);
    int smallest = TileGrid.smallestTile(margin, multiple);
    if (options.tiles() instanceof TilePolicy.Size size) {
      if (size.pixels() < smallest && Math.max(fullWidth, fullHeight) > size.pixels()) {
        throw new IllegalArgumentException(
            "with a margin of %d pixels a tile of this model has at least %d along a side, found %d"
                .formatted(margin, smallest, size.pixels()));
      }
      long side = Math.max(size.pixels(), smallest);
      long scale = network.scale();
      requireFits(Math.min(side, fullWidth) * Math.min(side, fullHeight) * scale * scale);
      return TileGrid.of(fullWidth, fullHeight, (int) side, margin, multiple);
    }
    return TileGrid.of(fullWidth, fullHeight, Math.max(AUTO_SIZE, 2 * smallest), margin, multiple);
  }

  private static void requireFits(long outputPixels) {
    if (outputPixels > LARGEST_UNTILED) {
      throw new IllegalArgumentException(
          "without tiles a result has at most %d pixels, found %d; use tiles"
              .formatted(LARGEST_UNTILED, outputPixels));
    }
  }

  private static int margin(TileMargin wanted, int exact) {
    return wanted instanceof TileMargin.Pixels pixels ? Math.min(pixels.count(), exact) : exact;
  }

  private static int ceilDivide(int a, int b) {
    return (a + b - 1) / b;
  }
}
