package org.ganvas.inference.task;

import org.ganvas.inference.image.ImageRefusedException;
import org.ganvas.inference.model.NetworkFacts;
import org.ganvas.inference.tile.TileGrid;

/**
 * Chooses the tiles for a picture to translate: none as long as memory allows, since these networks
 * look far around every pixel.
 *
 * @param mostPixels that all pieces of a picture that are computed at once may have
 * @param workers how many tiles can be computed at once
 */
record TranslationTiles(NetworkFacts network, long mostPixels, int workers) {
  /**
   * Networks that halve the picture again and again, and mirror its border at each size, need some
   * pixels to do so.
   */
  private static final int SMALLEST_SIDE = 64;

  /** A tile whose side is this many margins computes less than twice what is left of it. */
  private static final int MARGINS_PER_SIDE = 8;

  /**
   * With fewer margins a tile computes more than four times what is left of it. Rather fewer and
   * larger tiles at once.
   */
  private static final int FEWEST_MARGINS_PER_SIDE = 4;

  private static final int SMALLEST_AUTO_SIZE = 512;

  /**
   * Tiles of a picture, filled up on the right and below.
   *
   * @throws ImageRefusedException if the picture is too large to be given whole to a network that
   *     needs it whole, or that has no tiles that are small enough
   */
  TileGrid grid(TranslateOptions options, int width, int height) throws ImageRefusedException {
    TilePlan plan = new TilePlan(network, options.tiles(), options.margin(), workers);
    int fullWidth = filledUp(width);
    int fullHeight = filledUp(height);
    boolean fits = (long) fullWidth * fullHeight <= mostPixels;
    if (options.tiles() instanceof TilePolicy.Auto) {
      TilePolicy chosen = fits ? TilePolicy.OFF : tiles(plan, width, height);
      plan = new TilePlan(network, chosen, options.margin(), workers);
    }
    boolean asked = options.tiles() instanceof TilePolicy.Off;
    if (plan.needsWhole() && !fits && !asked) {
      throw tooLarge(width, height);
    }
    return plan.grid(fullWidth, fullHeight);
  }

  /** To how many pixels a side is filled up that the network is given whole. */
  int filledUp(int side) {
    return network.filledUp(Math.max(side, SMALLEST_SIDE));
  }

  /** How many of the tiles may be computed at once, at least 1. */
  int atOnce(TileGrid grid) {
    long pixels = (long) grid.tileWidth() * grid.tileHeight();
    return (int) Math.max(1, Math.min(workers, mostPixels / pixels));
  }

  private TilePolicy tiles(TilePlan plan, int width, int height) throws ImageRefusedException {
    if (plan.needsWhole()) {
      return TilePolicy.OFF;
    }
    int margin = plan.marginPixels();
    int multiple = network.sizeMultiple();
    long wanted = Math.max(SMALLEST_AUTO_SIZE, (long) MARGINS_PER_SIDE * margin);
    long least = Math.max(1, (long) FEWEST_MARGINS_PER_SIDE * margin);
    long atOnce = Math.max(1, Math.min(workers, mostPixels / (least * least)));
    int fitting = (int) Math.sqrt((double) mostPixels / atOnce);
    int smallest = Math.max(SMALLEST_SIDE, TileGrid.smallestTile(margin, multiple));
    if ((long) smallest * smallest > mostPixels) {
      throw tilesTooLarge(smallest, width, height);
    }
    return new TilePolicy.Size((int) Math.max(smallest, Math.min(wanted, fitting)));
  }

  private ImageRefusedException tilesTooLarge(int smallest, int width, int height) {
    return new ImageRefusedException(
        ImageRefusedException.Reason.TOO_LARGE,
        "this model sees so far that its tiles have %,d pixels or more, and this machine computes at most %,d at once, found a picture of %dx%d; shrink it, let it be squeezed (--fit), or let tiles share less (--tile-pad 128)"
            .formatted((long) smallest * smallest, mostPixels, width, height));
  }

  private ImageRefusedException tooLarge(int width, int height) {
    return new ImageRefusedException(
        ImageRefusedException.Reason.TOO_LARGE,
        "this model sees a picture as a whole, of at most %,d pixels on this machine, found %dx%d = %,d; shrink the picture or let it be squeezed (--fit)"
            .formatted(mostPixels, width, height, (long) width * height));
  }
}
