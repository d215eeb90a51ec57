package org.ganvas.training.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of this process, libtorch's included. */
final class ResidentMemory {
  private ResidentMemory() {}

  /** After a collection, for buffers outside the heap wait for one; 0 if the system tells not. */
  static long kilobytes() throws IOException {
    System.gc();
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("RssAnon:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }
}
