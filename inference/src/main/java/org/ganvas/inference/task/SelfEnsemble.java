package org.ganvas.inference.task;

import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.image.Orientation;
import org.ganvas.inference.model.ModelException;

/**
 * A network that is shown a picture in each of the eight ways that it can lie, so that where it is
 * unsure its answers differ and their mean is nearer to the truth than each: the self-ensemble of
 * Lim et al. 2017 (EDSR), section 3.4.
 */
final class SelfEnsemble {
  private static final Orientation[] WAYS = Orientation.values();

  /** Computes a picture. */
  @FunctionalInterface
  interface Network {
    /**
     * Computes a picture.
     *
     * @param picture (C, H, W), which stays as it is
     * @return (C', scale H, scale W), which nobody else holds
     * @throws ModelException if it cannot be computed
     */
    FloatPlanes run(FloatPlanes picture) throws ModelException;
  }

  private SelfEnsemble() {}

  /** The mean of what a network makes of a picture in the eight ways. */
  static Network of(Network network) {
    return picture -> mean(network, picture);
  }

  private static FloatPlanes mean(Network network, FloatPlanes picture) throws ModelException {
    FloatPlanes mean = network.run(picture);
    for (Orientation way : WAYS) {
      if (way != Orientation.UPRIGHT) {
        addTurnedBack(network.run(turned(picture, way)), way, mean);
      }
    }
    float[] values = mean.values();
    for (int i = 0; i < values.length; i++) {
      values[i] /= WAYS.length;
    }
    return mean;
  }

  private static FloatPlanes turned(FloatPlanes picture, Orientation way) {
    int width = picture.width();
    int height = picture.height();
    FloatPlanes turned =
        way.swapsSides()
            ? FloatPlanes.zeros(picture.channels(), width, height)
            : FloatPlanes.zeros(picture.channels(), height, width);
    for (int plane = 0, i = 0; plane < picture.values().length; plane += width * height) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++, i++) {
          turned.values()[plane + way.index(x, y, width, height)] = picture.values()[i];
        }
      }
    }
    return turned;
  }

  private static void addTurnedBack(FloatPlanes turned, Orientation way, FloatPlanes sum) {
    int width = sum.width();
    int height = sum.height();
    for (int plane = 0, i = 0; plane < sum.values().length; plane += width * height) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++, i++) {
          sum.values()[i] += turned.values()[plane + way.index(x, y, width, height)];
        }
      }
    }
  }
}
