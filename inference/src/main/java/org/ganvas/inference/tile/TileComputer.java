package org.ganvas.inference.tile;

import java.io.IOException;
import org.ganvas.inference.image.FloatPlanes;

/** Computes one tile. */
@FunctionalInterface
public interface TileComputer {
  /**
   * Computes the enlarged pixels of a tile.
   *
   * @param source the pixels to compute from
   * @return (C, scale source.height, scale source.width); values from 0 to 1, or a little beyond
   * @throws IOException if it cannot be computed
   */
  FloatPlanes compute(Rectangle source) throws IOException;
}
