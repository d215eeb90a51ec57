package org.ganvas.training.script;

import org.ganvas.training.script.Initializer.Constant;
import org.ganvas.training.script.Initializer.Normal;
import org.ganvas.training.script.Initializer.Uniform;

/** How the layers of a network are drawn before training. */
public enum Initialization {
  /** PyTorch's own: uniform within {@code 1 / sqrt(fanIn)}; normalizations begin as identity. */
  UNIFORM {
    @Override
    Initializer weights(int fanIn) {
      return Uniform.ofFanIn(fanIn);
    }

    @Override
    Initializer biases(int fanIn) {
      return Uniform.ofFanIn(fanIn);
    }
  },

  /**
   * DCGAN's (Radford et al. 2016, section 4), and pix2pix's and CycleGAN's after it: weights N(0,
   * 0.02), biases 0, the factors of normalizations N(1, 0.02).
   */
  NORMAL {
    @Override
    Initializer weights(int fanIn) {
      return new Normal(0, DEVIATION);
    }

    @Override
    Initializer factors() {
      return new Normal(1, DEVIATION);
    }
  },

  /**
   * For rectifiers without norms (He et al. 2015, section 2.2): weights N(0, sqrt(2 / fanIn)), so
   * that magnitudes stay from layer to layer; biases 0.
   */
  RECTIFIED {
    @Override
    Initializer weights(int fanIn) {
      return new Normal(0, (float) Math.sqrt(2.0 / fanIn));
    }
  },

  /**
   * For what ends a residual block without norms, which then begins by passing on what it is given
   * (H. Zhang et al. 2019, "Fixup initialization", section 3): weights 0, biases 0.
   */
  ZERO {
    @Override
    Initializer weights(int fanIn) {
      return new Constant(0);
    }
  };

  private static final float DEVIATION = 0.02f;

  /** Of a convolution or a linear layer whose results are sums of {@code fanIn} products. */
  abstract Initializer weights(int fanIn);

  /** 0, unless said otherwise. */
  Initializer biases(int fanIn) {
    return new Constant(0);
  }

  /** What a normalization multiplies by: 1, unless said otherwise. */
  Initializer factors() {
    return new Constant(1);
  }
}
