package org.ganvas.training.run;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Structure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.ganvas.training.data.Batch;
import org.ganvas.training.gan.TrainingMethod;

/**
 * The memory outside of Java's heap that is in use, as the C library counts it: libtorch's tensors
 * and all that hangs on them, to the byte. What the process occupies says less: it grows with the
 * heap, and with gaps between what is in use.
 */
final class NativeMemory {
  private static final int WARM_UP = 2;

  /**
   * What leaks grows in all of them, what Java's compiler holds grows in some and shrinks again.
   */
  private static final int WINDOWS = 5;

  private static final long STEPS = 30;

  private static final int LOOKS = 5;

  /** Java's compiler may be busy all through one measurement, but not for long. */
  private static final int ATTEMPTS = 4;

  private NativeMemory() {}

  /** Of glibc, since 2.33. */
  private interface CLibrary extends Library {
    Counters.ByValue mallinfo2();
  }

  /** {@code struct mallinfo2}. */
  @Structure.FieldOrder({
    "arena",
    "ordblks",
    "smblks",
    "hblks",
    "hblkhd",
    "usmblks",
    "fsmblks",
    "uordblks",
    "fordblks",
    "keepcost"
  })
  public static class Counters extends Structure {
    public NativeLong arena;
    public NativeLong ordblks;
    public NativeLong smblks;
    public NativeLong hblks;
    public NativeLong hblkhd;
    public NativeLong usmblks;
    public NativeLong fsmblks;
    public NativeLong uordblks;
    public NativeLong fordblks;
    public NativeLong keepcost;

    /** As a function returns it. */
    public static class ByValue extends Counters implements Structure.ByValue {}
  }

  /** Whether this system's C library counts. */
  static boolean isCounted() throws InterruptedException {
    try {
      return Platform.isLinux() && bytes() > 0;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }

  /** In use, after a collection, for buffers outside the heap wait for one. */
  static long bytes() throws InterruptedException {
    CLibrary library = Native.load("c", CLibrary.class, Map.of());
    long least = Long.MAX_VALUE;
    // What is collected is freed a little later, by another thread.
    for (int look = 0; look < LOOKS; look++) {
      System.gc();
      Thread.sleep(10);
      Counters counters = library.mallinfo2();
      least = Math.min(least, counters.uordblks.longValue() + counters.hblkhd.longValue());
    }
    return least;
  }

  /**
   * How many bytes more are in use after a step of a method than before it; measured again while it
   * is not below the limit, for what leaks leaks every time.
   */
  static long leftByAStep(TrainingMethod method, Batch batch, long limit)
      throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < ATTEMPTS && least >= limit; attempt++) {
      least = Math.min(least, medianGrowth(method, batch));
    }
    return least;
  }

  private static long medianGrowth(TrainingMethod method, Batch batch) throws InterruptedException {
    List<Long> growths = new ArrayList<>();
    long before = 0;
    for (int window = 0; window < WARM_UP + WINDOWS; window++) {
      for (long step = 1; step <= STEPS; step++) {
        Map<String, Double> unused = method.step(batch, 1, STEPS * window + step);
      }
      long after = bytes();
      if (window >= WARM_UP) {
        growths.add(after - before);
      }
      before = after;
    }
    Collections.sort(growths);
    return growths.get(WINDOWS / 2) / STEPS;
  }
}
