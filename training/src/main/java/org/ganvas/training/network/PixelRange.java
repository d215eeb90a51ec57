package org.ganvas.training.network;

import org.ganvas.training.script.Script;
import org.ganvas.training.script.Value;

/**
 * Between pictures, 0 to 1, and what GANs compute with, -1 to 1. Programs take and give pictures,
 * so both ways are inside the programs and outside the weights.
 */
final class PixelRange {
  private PixelRange() {}

  /** (N, C, H, W), 0 to 1, to the same from -1 to 1, in the precision that is asked for. */
  static Value enter(Script script, Value picture) {
    return script.enter(script.affine(picture, 2, -1));
  }

  /** (N, C, H, W) through tanh, in float32, 0 to 1. */
  static Value leave(Script script, Value x) {
    return fromTanh(script, script.leave(x));
  }

  /** {@code (tanh(x) + 1) / 2}. */
  static Value fromTanh(Script script, Value x) {
    return script.affine(script.tanh(x), 0.5, 0.5);
  }
}
