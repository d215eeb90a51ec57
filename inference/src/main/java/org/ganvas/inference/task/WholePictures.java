package org.ganvas.inference.task;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How large a picture may be that a network is given whole. */
final class WholePictures {
  /** More than this is tiled however much memory there is: it would not be faster. */
  private static final long MOST_PIXELS = 1 << 22;

  /** Four tensors of 64 float32 channels in the picture's own size. */
  private static final long BYTES_PER_PIXEL = 4 * 64 * Float.BYTES;

  /** One part of so many of the machine's memory, or of what its container may use. */
  private static final int SHARE = 2;

  private WholePictures() {}

  /** The most pixels: 4 megapixels, or fewer where there are less than 8 GiB of memory. */
  static long mostPixels() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? Math.min(MOST_PIXELS, system.getTotalMemorySize() / SHARE / BYTES_PER_PIXEL)
        : MOST_PIXELS;
  }
}
