package org.ganvas.training.plan;

/**
 * The learning rate over a run: a straight rise, then half a cosine down to zero (Loshchilov and
 * Hutter 2017, section 3, without restarts).
 *
 * @param peak the highest rate
 * @param warmUp steps of the rise
 * @param steps steps of the whole run
 */
public record LearningRateSchedule(double peak, long warmUp, long steps) {

  /** The rate of a step, counted from 1. */
  public double at(long step) {
    if (step <= warmUp) {
      return peak * step / warmUp;
    }
    double progress = (double) (step - warmUp) / Math.max(1, steps - warmUp);
    return peak * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)));
  }
}
