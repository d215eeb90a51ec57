package org.ganvas.inference.model;

import java.util.Arrays;
import org.ganvas.inference.image.FloatPlanes;

/**
 * A float32 tensor.
 *
 * @param values the last dimension fastest
 */
record Tensor(float[] values, long... shape) {

  /** A batch of one picture: (1, C, H, W). */
  static Tensor of(FloatPlanes picture) {
    return new Tensor(picture.values(), 1, picture.channels(), picture.height(), picture.width());
  }

  int side(int dimension) {
    return Math.toIntExact(shape[dimension]);
  }

  /** Of a batch of one picture, one of it twice: (2, C, H, W). */
  Tensor twice() {
    float[] both = Arrays.copyOf(values, 2 * values.length);
    System.arraycopy(both, 0, both, values.length, values.length);
    return new Tensor(both, 2, side(1), side(2), side(3));
  }

  /**
   * The picture with this index in a batch (N, C, H, W).
   *
   * @throws ModelException if it is no such batch
   */
  FloatPlanes picture(int index) throws ModelException {
    if (shape.length != 4) {
      throw new ModelException(
          ModelException.Reason.UNSUITABLE,
          "a generator gives (N, C, H, W), found %s; its card does not describe it"
              .formatted(Arrays.toString(shape)));
    }
    int length = side(1) * side(2) * side(3);
    float[] picture =
        values.length == length
            ? values
            : Arrays.copyOfRange(values, index * length, (index + 1) * length);
    return new FloatPlanes(side(1), side(2), side(3), picture);
  }
}
