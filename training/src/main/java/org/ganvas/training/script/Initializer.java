package org.ganvas.training.script;

import java.util.random.RandomGenerator;

/** How the numbers of a parameter are drawn before training. */
public sealed interface Initializer {

  /** Draws one number. */
  float draw(RandomGenerator random);

  /** Every number is {@code value}. */
  record Constant(float value) implements Initializer {
    @Override
    public float draw(RandomGenerator random) {
      return value;
    }
  }

  /** Normally distributed; DCGAN (section 3) and what followed it use a deviation of 0.02. */
  record Normal(float mean, float deviation) implements Initializer {
    @Override
    public float draw(RandomGenerator random) {
      return (float) (mean + deviation * random.nextGaussian());
    }
  }

  /** Uniform between {@code -bound} and {@code bound}. */
  record Uniform(float bound) implements Initializer {
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
