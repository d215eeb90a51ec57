package org.ganvas.training.script;

import java.util.random.RandomGenerator;

/** How the numbers of a parameter are drawn before training. */
public sealed interface Initializer {

  /** Draws all numbers of a parameter. */
  void fill(float[] data, RandomGenerator random);

  /** Numbers that do not depend on each other. */
  sealed interface Independent extends Initializer {
    /** Draws one number. */
    float draw(RandomGenerator random);

    @Override
    default void fill(float[] data, RandomGenerator random) {
      for (int i = 0; i < data.length; i++) {
        data[i] = draw(random);
      }
    }
  }

  /** Rows of {@code classes} numbers, one of which is 1: in the first row the first, and so on. */
  record OneHot(int classes) implements Initializer {
    @Override
    public void fill(float[] data, RandomGenerator random) {
      for (int row = 0; row * classes < data.length; row++) {
        data[row * classes + row % classes] = 1;
      }
    }
  }

  /** Every number is {@code value}. */
  record Constant(float value) implements Independent {
    @Override
    public float draw(RandomGenerator random) {
      return value;
    }
  }

  /**
   * Normally distributed; DCGAN (Radford et al. 2016, section 4) and what followed it use a
   * deviation of 0.02.
   */
  record Normal(float mean, float deviation) implements Independent {
    @Override
    public float draw(RandomGenerator random) {
      return (float) (mean + deviation * random.nextGaussian());
    }
  }

  /** Uniform between {@code -bound} and {@code bound}. */
  record Uniform(float bound) implements Independent {
    @Override
    public float draw(RandomGenerator random) {
      return (float) (bound * (2 * random.nextDouble() - 1));
    }

    /**
     * What PyTorch gives its convolutions and linear layers: {@code 1 / sqrt(fanIn)}, which is He
     * et al. 2015 (section 2.2) with a leaky slope of sqrt(5).
     */
    public static Uniform ofFanIn(int fanIn) {
      return new Uniform((float) (1 / Math.sqrt(fanIn)));
    }
  }
}
