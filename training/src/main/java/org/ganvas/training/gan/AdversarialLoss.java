package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import java.util.OptionalDouble;

/**
 * What a discriminator and its generator minimize. Arguments are the discriminator's outputs
 * without a sigmoid, float32 of any shape; results are scalars. The discriminator minimizes the sum
 * of its two parts.
 */
public enum AdversarialLoss {
  /**
   * The game as it was first written (Goodfellow et al. 2014, section 3, equation 1): the generator
   * minimizes log(1 - D), whose gradient vanishes while the discriminator wins.
   */
  MINIMAX {
    @Override
    NDArray real(NDArray output, double target) {
      return NON_SATURATING.real(output, target);
    }

    @Override
    NDArray generated(NDArray output) {
      return NON_SATURATING.generated(output);
    }

    @Override
    NDArray generator(NDArray output) {
      return softPlus(output).mean().neg();
    }
  },

  /**
   * Binary cross entropy on logits; the generator maximizes log D (Goodfellow et al. 2014, end of
   * section 3). Of SRGAN, pix2pix and DCGAN.
   */
  NON_SATURATING {
    @Override
    NDArray real(NDArray output, double target) {
      return softPlus(output).sub(Differentiable.times(output, target)).mean();
    }

    @Override
    NDArray generated(NDArray output) {
      return softPlus(output).mean();
    }

    @Override
    NDArray generator(NDArray output) {
      return softPlus(output.neg()).mean();
    }
  },

  /** Squared distance from 1 and 0 (Mao et al. 2017, equation 9). Of CycleGAN. */
  LEAST_SQUARES {
    @Override
    NDArray real(NDArray output, double target) {
      return output.sub((float) target).square().mean();
    }

    @Override
    NDArray generated(NDArray output) {
      return output.square().mean();
    }

    @Override
    NDArray generator(NDArray output) {
      return output.sub(1).square().mean();
    }
  },

  /** Hinges at 1 and -1 (Lim and Ye 2017, equations 4 and 5; Miyato et al. 2018). */
  HINGE {
    @Override
    NDArray real(NDArray output, double target) {
      return Differentiable.positivePart(output.neg().add((float) target)).mean();
    }

    @Override
    NDArray generated(NDArray output) {
      return Differentiable.positivePart(output.add(1)).mean();
    }

    @Override
    NDArray generator(NDArray output) {
      return output.mean().neg();
    }
  },

  /**
   * Earth mover's distance, by a critic that has to be kept 1-Lipschitz, as {@link GradientPenalty}
   * does (Arjovsky et al. 2017, equation 2).
   */
  WASSERSTEIN {
    @Override
    NDArray real(NDArray output, double target) {
      return output.mean().neg();
    }

    @Override
    NDArray generated(NDArray output) {
      return output.mean();
    }

    @Override
    NDArray generator(NDArray output) {
      return output.mean().neg();
    }
  };

  /**
   * The discriminator's loss on real pictures.
   *
   * @param target what it should answer, 1 without label smoothing
   */
  abstract NDArray real(NDArray output, double target);

  /** The discriminator's loss on generated pictures. */
  abstract NDArray generated(NDArray output);

  /** The generator's loss on its pictures. */
  abstract NDArray generator(NDArray output);

  /**
   * The output above which a picture counts as real; none for a critic, of whose answers only
   * differences mean something, and which does the better the larger they are.
   */
  OptionalDouble boundary() {
    return switch (this) {
      case MINIMAX, NON_SATURATING, HINGE -> OptionalDouble.of(0);
      case LEAST_SQUARES -> OptionalDouble.of(0.5);
      case WASSERSTEIN -> OptionalDouble.empty();
    };
  }

  /** log(1 + exp(x)), with its slope of a half also at 0, where a new discriminator begins. */
  private static NDArray softPlus(NDArray x) {
    return x.getNDArrayInternal().softPlus();
  }
}
