package org.ganvas.inference.task;

/** How many pixels around a tile the network sees beside the tile's own. */
public sealed interface TileMargin {
  /** The default: tiled and untiled results differ by at most 1/255. */
  TileMargin DEFAULT = new Pixels(16);

  /** As many as can influence a tile: the result is that of the untiled picture, bit for bit. */
  TileMargin EXACT = new Exact();

  /**
   * A margin as a word.
   *
   * @param word {@code exact} or a number of pixels
   * @throws IllegalArgumentException if it is neither
   */
  static TileMargin parse(String word) {
    if (word.equals("exact")) {
      return EXACT;
    }
    try {
      return new Pixels(Integer.parseInt(word));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be exact or a number, found " + word, e);
    }
  }

  /** {@link #EXACT}. */
  record Exact() implements TileMargin {}

  /**
   * So many, or the exact margin where that is smaller.
   *
   * @param count from 0 to 1024
   */
  record Pixels(int count) implements TileMargin {
    private static final int LARGEST = 1024;

    public Pixels {
      if (count < 0 || count > LARGEST) {
        throw new IllegalArgumentException(
            "a tile's margin has 0 to %d pixels, found %d".formatted(LARGEST, count));
      }
    }
  }
}
