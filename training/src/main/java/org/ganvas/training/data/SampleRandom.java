package org.ganvas.training.data;

import java.util.SplittableRandom;

/**
 * The random choices of one sample. They depend on the seed and the sample's index alone, so a
 * resumed run needs no saved state to go on as if it had never stopped.
 */
final class SampleRandom {
  private final SplittableRandom random;

  SampleRandom(long seed, long index) {
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

  /** Stafford's variant 13 of MurmurHash3's finalizer: neighbours become unrelated. */
  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
