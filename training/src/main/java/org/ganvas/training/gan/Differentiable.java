package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;

/**
 * Arithmetic with numbers that a backward pass goes through. {@code NDArray.mul(Number)} and its
 * like are no good there: the tensor that they make of the number shares its memory with a buffer
 * of Java's, which libtorch keeps for the backward pass and Java does not, so that a garbage
 * collection in between makes the gradients wrong, or NaN (seen with DJL 0.35.1).
 */
final class Differentiable {
  private Differentiable() {}

  /** {@code x * factor}; the factor is kept for as long as {@code x}'s manager is open. */
  static NDArray times(NDArray x, double factor) {
    return x.mul(x.getManager().create((float) factor));
  }

  /** {@code max(x, 0)}. */
  static NDArray positivePart(NDArray x) {
    return x.getNDArrayInternal().relu();
  }
}
