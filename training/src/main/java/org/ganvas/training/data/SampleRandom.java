package org.ganvas.training.data;

import java.util.SplittableRandom;

/**
 * The random choices of one sample. They depend on the seed and the sample's index alone, so a
 * resumed run needs no saved state to go on as if it had never stopped.
 */
public final class SampleRandom {
  private final SplittableRandom random;

  /**
   * The choices of one sample.
   *
   * @param seed of all samples
   * @param index of this one
   */
  public SampleRandom(long seed, long index) {
    random = new SplittableRandom(mix(seed ^ mix(index)));
  }

  /** A number from 0 (inclusive) to {@code bound} (exclusive), all equally likely. */
  long below(long bound) {
    // The high half of a 64x64-bit product; the bias is below bound / 2^63.
    return Math.multiplyHigh(random.nextLong() >>> 1, bound << 1);
  }

  int below(int bound) {
    return (int) below((long) bound);
  }

  /** Whether something that happens this often, 0 (never) to 1 (always), happens now. */
  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** A number from {@code from} to {@code to}, all equally likely. */
  double between(double from, double to) {
    return from + (to - from) * random.nextDouble();
  }

  /** A number from {@code from} to {@code to}, both above 0, all ratios equally likely. */
  double ratioBetween(double from, double to) {
    return from * Math.pow(to / from, random.nextDouble());
  }

  /** A number from the normal distribution with mean 0 and standard deviation 1. */
  double gaussian() {
    return random.nextGaussian();
  }

  /**
   * A number from the Poisson distribution. From a mean of 30 on it is the rounded normal
   * distribution, which then has the same shape but for a hair.
   *
   * @param mean 0 or more
   */
  double poisson(double mean) {
    if (mean >= 30) {
      return Math.max(0, Math.rint(mean + Math.sqrt(mean) * gaussian()));
    }
    // Knuth, "The Art of Computer Programming", volume 2, section 3.4.1, algorithm Q.
    double limit = Math.exp(-mean);
    int count = 0;
    for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }

  /** Stafford's variant 13 of MurmurHash3's finalizer: neighbours become unrelated. */
  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
