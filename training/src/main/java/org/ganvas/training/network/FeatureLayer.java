package org.ganvas.training.network;

import org.ganvas.training.script.Convolution;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.Value;

/** A layer of a {@link FeatureArchitecture}. */
sealed interface FeatureLayer {

  /** Such as {@code conv5_4}; what it gives can be asked for by it. */
  String name();

  /**
   * Appends the layer.
   *
   * @param module the name of its parameters, such as {@code features.34}
   */
  Value append(Script script, Value x, String module);

  /** Convolution. */
  record Conv(String name, Convolution shape) implements FeatureLayer {
    @Override
    public Value append(Script script, Value x, String module) {
      return script.conv2d(x, module, shape);
    }
  }

  /** Rectifier. */
  record Relu(String name) implements FeatureLayer {
    @Override
    public Value append(Script script, Value x, String module) {
      return script.relu(x);
    }
  }

  /**
   * Max pooling.
   *
   * @param last whether the last window may reach beyond the border
   */
  record MaxPool(String name, int kernel, boolean last) implements FeatureLayer {
    private static final int STRIDE = 2;

    @Override
    public Value append(Script script, Value x, String module) {
      return script.maxPool2d(x, kernel, STRIDE, last);
    }
  }

  /**
   * The module of SqueezeNet (Iandola et al. 2016, section 3.2): a squeezing 1x1 convolution, then
   * 1x1 and 3x3 ones side by side, each rectified.
   *
   * @param squeezed channels between
   * @param expanded channels of each of the two
   */
  record Fire(String name, int squeezed, int expanded) implements FeatureLayer {
    @Override
    public Value append(Script script, Value x, String module) {
      Value h = rectified(script, x, module + ".squeeze", Convolution.same(squeezed, 1));
      return script.concat(
          rectified(script, h, module + ".expand1x1", Convolution.same(expanded, 1)),
          rectified(script, h, module + ".expand3x3", Convolution.same(expanded, 3)));
    }

    private static Value rectified(Script script, Value x, String name, Convolution shape) {
      return script.relu(script.conv2d(x, name, shape));
    }
  }
}
