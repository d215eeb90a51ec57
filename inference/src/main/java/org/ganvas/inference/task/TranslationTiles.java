package org.ganvas.inference.task;

import org.ganvas.inference.image.ImageRefusedException;
import org.ganvas.inference.model.NetworkFacts;
import org.ganvas.inference.tile.TileGrid;

/**
 * Chooses the tiles for a picture to translate: none as long as memory allows, since these networks
 * look far around every pixel.
 *
 * @param mostPixels that all pieces of a picture that are computed at once may have
 * @param workers how many tiles are computed at once
 */
record TranslationTiles(NetworkFacts network, long mostPixels, int workers) {
  /**
   * Networks that halve the picture again and again, and mirror its border at each size, need some
   * pixels to do so.
   */
  private static final int SMALLEST_SIDE = 64;

  /** A tile whose side is this many margins computes less than twice what is left of it. */
  private static final int MARGINS_PER_SIDE = 8;

  private static final int SMALLEST_AUTO_SIZE = 512;

  /**
   * Tiles of a picture, filled up on the right and below.
   *
   * @throws ImageRefusedException if the picture is too large to be given whole to a network that
   *     needs it whole
   */
  TileGrid grid(TranslateOptions options, int width, int height) throws ImageRefusedException {
    TilePlan plan = new TilePlan(network, options.tiles(), options.margin());
    int fullWidth = filledUp(width);
    int fullHeight = filledUp(height);
    boolean fits = (long) fullWidth * fullHeight <= mostPixels;
    if (options.tiles() instanceof TilePolicy.Auto) {
      TilePolicy chosen = fits ? TilePolicy.OFF : tiles(plan);
      plan = new TilePlan(network, chosen, options.margin());
    }
    boolean asked = options.tiles() instanceof TilePolicy.Off;
    if (plan.needsWhole() && !fits && !asked) {
      throw tooLarge(width, height);
    }
    return plan.grid(fullWidth, fullHeight);
  }

  /** To how many pixels a side is filled up that the network is given whole. */
  int filledUp(int side) {
    TilePlan plan = new TilePlan(network, TilePolicy.OFF, TileMargin.EXACT);
    return plan.filledUp(Math.max(side, SMALLEST_SIDE));
  }

  private TilePolicy tiles(TilePlan plan) {
    if (plan.needsWhole()) {
      return TilePolicy.OFF;
    }
    int margin = plan.marginPixels();
    int multiple = network.sizeMultiple();
    long wanted = Math.max(SMALLEST_AUTO_SIZE, (long) MARGINS_PER_SIDE * margin);
    int fitting = (int) Math.sqrt((double) mostPixels / workers);
    int smallest = Math.max(SMALLEST_SIDE, TileGrid.smallestTile(margin, multiple));
    return new TilePolicy.Size((int) Math.max(smallest, Math.min(wanted, fitting)));
  }

  private ImageRefusedException tooLarge(int width, int height) {
    return new ImageRefusedException(
        ImageRefusedException.Reason.TOO_LARGE,
        "this model sees a picture as a whole, of at most %,d pixels on this machine, found %dx%d = %,d; shrink the picture or let it be squeezed (--fit)"
            .formatted(mostPixels, width, height, (long) width * height));
  }
}
