package org.ganvas.training.plan;

/**
 * The learning rate over a run, as a share of its peak: a straight rise, a level stretch, and a
 * fall.
 *
 * @param fall its shape
 * @param warmUp steps of the rise
 * @param fallFrom step of the beginning of the fall; if that is within the rise, it follows that
 * @param steps steps of the whole run
 */
public record LearningRateSchedule(Fall fall, long warmUp, long fallFrom, long steps) {

  /** How the rate falls to zero at the end of the run. */
  public enum Fall {
    /** Half a cosine (Loshchilov and Hutter 2017, section 3, without restarts). */
    COSINE {
      @Override
      double remaining(double progress) {
        return 0.5 * (1 + Math.cos(Math.PI * progress));
      }
    },
    /** A straight line (Isola et al. 2017 and Zhu et al. 2017 over the second half of the run). */
    LINEAR {
      @Override
      double remaining(double progress) {
        return 1 - progress;
      }
    },
    /** Not at all (DCGAN, WGAN-GP). */
    NONE {
      @Override
      double remaining(double progress) {
        return 1;
      }
    };

    /** The share that is left after a part of the fall, from 0 to 1. */
    abstract double remaining(double progress);
  }

  /** The share, from 0 to 1, of a step, counted from 1. */
  public double at(long step) {
    if (step <= warmUp) {
      return (double) step / warmUp;
    }
    long begin = Math.max(warmUp, fallFrom);
    double progress = (double) (step - begin) / Math.max(1, steps - begin);
    return fall.remaining(Math.max(0, Math.min(1, progress)));
  }
}
