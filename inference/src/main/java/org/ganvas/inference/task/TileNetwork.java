package org.ganvas.inference.task;

import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.model.ModelException;

/** A network, with all that is settled about how it computes. */
@FunctionalInterface
interface TileNetwork {
  /**
   * Computes a tile.
   *
   * @param tile (C, H, W), which stays as it is
   * @return (C', scale H, scale W), which nobody else holds
   * @throws ModelException if it cannot be computed
   */
  FloatPlanes run(FloatPlanes tile) throws ModelException;
}
