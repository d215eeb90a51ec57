package org.ganvas.inference.task;

import java.util.List;
import java.util.function.Function;
import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.image.Orientation;
import org.ganvas.inference.model.ModelException;

/**
 * A network that is shown a picture in several of the eight ways that it can lie, so that where it
 * is unsure its answers differ and their mean is nearer to the truth than each: the self-ensemble
 * of Lim et al. 2017 (EDSR), section 4.3.
 */
enum SelfEnsemble {
  /** As it lies only. */
  NONE,
  /** And mirrored left to right: for networks that know that the sky is above. */
  MIRRORED,
  /** All eight. */
  ALL;

  /** The ways, as it lies first. */
  List<Orientation> ways() {
    return switch (this) {
      case NONE -> List.of(Orientation.UPRIGHT);
      case MIRRORED -> List.of(Orientation.UPRIGHT, Orientation.MIRRORED);
      case ALL -> List.of(Orientation.values());
    };
  }

  /** The mean of what the networks of these ways make of a picture that lies so. */
  TileNetwork of(Function<Orientation, TileNetwork> networks) {
    TileNetwork upright = networks.apply(Orientation.UPRIGHT);
    return this == NONE ? upright : picture -> mean(networks, upright.run(picture), picture);
  }

  private FloatPlanes mean(
      Function<Orientation, TileNetwork> networks, FloatPlanes mean, FloatPlanes picture)
      throws ModelException {
    List<Orientation> ways = ways();
    for (Orientation way : ways.subList(1, ways.size())) {
      addTurnedBack(networks.apply(way).run(turned(picture, way)), way, mean);
    }
    float[] values = mean.values();
    for (int i = 0; i < values.length; i++) {
      values[i] /= ways.size();
    }
    return mean;
  }

  /** A picture that lies in another way. */
  static FloatPlanes turned(FloatPlanes picture, Orientation way) {
    FloatPlanes turned =
        way.swapsSides()
            ? FloatPlanes.zeros(picture.channels(), picture.width(), picture.height())
            : FloatPlanes.zeros(picture.channels(), picture.height(), picture.width());
    float[] from = picture.values();
    float[] to = turned.values();
    match(picture, way, (here, there) -> to[there] = from[here]);
    return turned;
  }

  private static void addTurnedBack(FloatPlanes turned, Orientation way, FloatPlanes sum) {
    float[] from = turned.values();
    float[] to = sum.values();
    match(sum, way, (here, there) -> to[here] += from[there]);
  }

  /** Is told where a value lies in a picture, and where in the turned one. */
  @FunctionalInterface
  private interface Match {
    void found(int here, int there);
  }

  private static void match(FloatPlanes picture, Orientation way, Match match) {
    int width = picture.width();
    int height = picture.height();
    for (int plane = 0, i = 0; plane < picture.values().length; plane += width * height) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++, i++) {
          match.found(i, plane + way.index(x, y, width, height));
        }
      }
    }
  }
}
