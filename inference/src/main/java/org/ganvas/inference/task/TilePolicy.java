package org.ganvas.inference.task;

/** Into what tiles a picture is cut. */
public sealed interface TilePolicy {
  /** Tiles of a size that suits the machine; a small picture is one tile. */
  TilePolicy AUTO = new Auto();

  /** No tiles: all of the picture at once, in as much memory as that takes. */
  TilePolicy OFF = new Off();

  /**
   * A policy as a word.
   *
   * @param word {@code auto}, {@code off} or a number of pixels
   * @throws IllegalArgumentException if it is none of them
   */
  static TilePolicy parse(String word) {
    return switch (word) {
      case "auto" -> AUTO;
      case "off" -> OFF;
      default -> {
        try {
          yield new Size(Integer.parseInt(word));
        } catch (NumberFormatException e) {
          throw new IllegalArgumentException("must be auto, off or a number, found " + word, e);
        }
      }
    };
  }

  /** {@link #AUTO}. */
  record Auto() implements TilePolicy {}

  /** {@link #OFF}. */
  record Off() implements TilePolicy {}

  /**
   * Tiles of at most this size.
   *
   * @param pixels the largest side of a tile in the input, margin included; at least 16
   */
  record Size(int pixels) implements TilePolicy {
    private static final int SMALLEST = 16;

    public Size {
      if (pixels < SMALLEST) {
        throw new IllegalArgumentException(
            "a tile has at least %d pixels along a side, found %d".formatted(SMALLEST, pixels));
      }
    }
  }
}
