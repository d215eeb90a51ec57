package org.ganvas.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a server that does nothing takes, in bytes.
 *
 * @param heap that is in use after a collection
 * @param resident of the whole process; 0 where that is not known
 */
record ServerMemory(long heap, long resident) {
  static ServerMemory of(ServerProcess server) throws IOException, InterruptedException {
    collect(server.pid());
    double heap = new JobClient(server.port()).metric("jvm_memory_used_bytes{area=\"heap\"");
    return new ServerMemory((long) heap, residentBytes(server.pid()));
  }

  private static void collect(long pid) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    int exit =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException("jcmd GC.run ends with " + exit);
    }
  }

  private static long residentBytes(long pid) throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    String line =
        Files.readAllLines(status).stream()
            .filter(candidate -> candidate.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
  }

  @Override
  public String toString() {
    return "%d MB of heap, %d MB resident".formatted(heap >> 20, resident >> 20);
  }
}
