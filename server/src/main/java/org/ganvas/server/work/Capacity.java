package org.ganvas.server.work;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much the server does at a time.
 *
 * @param atOnce pictures that are computed at once, at least 1
 * @param waiting requests that wait for their turn beyond those, at least 0
 * @param heapBytes memory of Java's heap for the pictures in work and for bodies, at least 64 MiB
 * @param nativeBytes memory beyond the heap for the pictures in work, at least 0
 * @param modelBytes how large all models that are kept open may be together, as files, at least 0
 */
public record Capacity(int atOnce, int waiting, long heapBytes, long nativeBytes, long modelBytes) {
  private static final long LEAST_MEMORY = 64L << 20;

  /** Bodies that wait or arrive get this part of the memory, pictures in work the rest. */
  private static final int BODY_PART = 4;

  public Capacity {
    Limits.requireAtLeast("--at-once", 1, atOnce);
    Limits.requireAtLeast("--waiting", 0, waiting);
    Limits.requireAtLeast("--heap-memory", LEAST_MEMORY, heapBytes);
    Limits.requireAtLeast("--native-memory", 0, nativeBytes);
    Limits.requireAtLeast("--model-memory", 0, modelBytes);
  }

  /**
   * As many pictures as processors, 16 waiting, 60% of Java's heap, half of the machine's memory, 1
   * GiB of models.
   */
  public static Capacity ofThisMachine() {
    Runtime runtime = Runtime.getRuntime();
    return new Capacity(
        runtime.availableProcessors(),
        16,
        Math.max(LEAST_MEMORY, runtime.maxMemory() / 10 * 6),
        machineBytes() / 2,
        1L << 30);
  }

  /** Memory for bodies of requests, from their first byte until the task has ended. */
  public long bodyBytes() {
    return heapBytes / BODY_PART;
  }

  /** Memory for pictures in work. */
  Footprint work() {
    return new Footprint(heapBytes - bodyBytes(), nativeBytes);
  }

  /** The memory of the machine, or what its container may use. */
  private static long machineBytes() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Runtime.getRuntime().maxMemory();
  }
}
