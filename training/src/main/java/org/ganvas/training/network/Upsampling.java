package org.ganvas.training.network;

import org.ganvas.training.script.Convolution;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.TransposedConvolution;
import org.ganvas.training.script.Value;

/** How a generator doubles its sides. */
public enum Upsampling {
  /** By transposed convolutions, as in the papers. */
  TRANSPOSED,
  /**
   * Each pixel is repeated, then convolved by k3: a transposed convolution easily gives some pixels
   * more than their neighbours, which is seen as a checkerboard (Odena et al. 2016, "Deconvolution
   * and checkerboard artifacts").
   */
  NEAREST;

  /**
   * Doubles the sides.
   *
   * @param shape of the transposed convolution, or of what takes its place
   */
  Value doubled(Script script, Value x, String name, TransposedConvolution shape) {
    return switch (this) {
      case TRANSPOSED -> script.transposedConv2d(x, name, shape);
      case NEAREST ->
          script.conv2d(
              script.upsampleNearest(x, 2),
              name,
              new Convolution(shape.outputs(), 3, 1, 1, shape.bias()));
    };
  }
}
