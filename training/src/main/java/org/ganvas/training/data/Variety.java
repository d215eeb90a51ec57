package org.ganvas.training.data;

/**
 * How much the squares of one picture differ from each other besides their place. A few hundred
 * pictures are soon known by heart; shown nearer, turned and lighter or darker they last longer.
 *
 * @param zoom how many times as wide a part of the picture the widest square shows as the narrowest
 *     one; all widths between them, which have the same size in the end, are chosen alike often by
 *     their ratio; 1 for one width
 * @param turn degrees by which a square is turned at most, to the left or to the right; 0 for none
 * @param tone by how much brightness is bent at most: from 0 to 1, it becomes its power of
 *     2<sup>-tone</sup> to 2<sup>tone</sup>, in red, green and blue; 0 for none
 */
public record Variety(double zoom, double turn, double tone) {
  /** Squares that differ by their place alone. */
  public static final Variety NONE = new Variety(1, 0, 0);

  public Variety {
    if (!(zoom >= 1 && zoom <= 8)) {
      throw new IllegalArgumentException(
          "settings.framing.variety.zoom is 1 (none) to 8 times, found " + zoom);
    }
    if (!(turn >= 0 && turn <= 180)) {
      throw new IllegalArgumentException(
          "settings.framing.variety.turn is 0 (none) to 180 degrees, found " + turn);
    }
    if (!(tone >= 0 && tone <= 2)) {
      throw new IllegalArgumentException(
          "settings.framing.variety.tone is 0 (none) to 2, found " + tone);
    }
  }

  /**
   * What was chosen for one square.
   *
   * @param width of the part of the picture that it shows, 1 for the widest
   * @param turn in radians, to the left
   * @param power that brightness is raised to
   */
  record Choice(double width, double turn, double power) {
    /** The widest, neither turned nor bent. */
    static final Choice PLAIN = new Choice(1, 0, 1);

    /** Pixels from the left to the right end of a turned square of a side of 1. */
    double reach() {
      return Math.abs(Math.cos(turn)) + Math.abs(Math.sin(turn));
    }

    /** Side, in pixels, of the upright square that a turned one of that side fills. */
    int reach(int side) {
      // A pixel stays where it is. What rounding adds must not make it wider than the picture.
      return side == 1 ? 1 : (int) Math.ceil(side * reach() - 1e-9);
    }
  }

  /** A choice for the next square; without variety nothing is drawn for it. */
  Choice choose(SampleRandom random) {
    return equals(NONE)
        ? Choice.PLAIN
        : new Choice(
            random.ratioBetween(1 / zoom, 1),
            Math.toRadians(random.between(-turn, turn)),
            Math.pow(2, random.between(-tone, tone)));
  }
}
