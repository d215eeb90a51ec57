package org.ganvas.cli.serve;

import org.ganvas.server.http.Traffic;
import org.ganvas.server.work.Capacity;
import org.ganvas.server.work.PictureLimits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code serve} that limit pictures, load and clients. */
final class ServerLimitOptions {
  private static final PictureLimits PICTURES = PictureLimits.DEFAULT;
  private static final Traffic TRAFFIC = Traffic.DEFAULT;

  @Option(
      names = "--max-body",
      paramLabel = "BYTES",
      description = "Largest body of a request. Default: 33554432 (32 MiB).")
  private long maxBody = PICTURES.maxBodyBytes();

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description = "Largest input. Default: 50000000.")
  private long maxPixels = PICTURES.maxPixels();

  @Option(
      names = "--max-side",
      paramLabel = "N",
      description = "Largest width or height of an input. Default: 65500.")
  private int maxSide = PICTURES.maxSide();

  @Option(
      names = "--max-output-pixels",
      paramLabel = "N",
      description = "Largest result. Default: 400000000.")
  private long maxOutputPixels = PICTURES.maxOutputPixels();

  @Option(
      names = "--max-webp-pixels",
      paramLabel = "N",
      description =
          "Largest result that is a WebP, which cannot be given up while it is encoded."
              + " Default: 25000000.")
  private long maxWebpPixels = PICTURES.maxWebpPixels();

  @Option(
      names = "--at-once",
      paramLabel = "N",
      description = "Pictures computed at once. Default: the processors.")
  private @Nullable Integer atOnce;

  @Option(
      names = "--waiting",
      paramLabel = "N",
      description = "Requests that may wait for their turn. Default: 16.")
  private @Nullable Integer waiting;

  @Option(
      names = "--heap-memory",
      paramLabel = "BYTES",
      description = "Memory of Java's heap for pictures. Default: 60%% of -Xmx.")
  private @Nullable Long heapMemory;

  @Option(
      names = "--native-memory",
      paramLabel = "BYTES",
      description = "Memory beyond the heap for pictures. Default: half of the machine's.")
  private @Nullable Long nativeMemory;

  @Option(
      names = "--model-memory",
      paramLabel = "BYTES",
      description = "How large the models kept open may be as files. Default: 1073741824 (1 GiB).")
  private @Nullable Long modelMemory;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Requests a minute that a client may send. Default: 1200.")
  private int rate = TRAFFIC.requestsPerMinute();

  @Option(
      names = "--burst",
      paramLabel = "N",
      description = "Requests that it may send at once. Default: 300.")
  private int burst = TRAFFIC.burst();

  @Option(
      names = "--uploads",
      paramLabel = "N",
      description = "Bodies and results that may arrive, wait or be taken at once. Default: 64.")
  private int uploads = TRAFFIC.uploadsAtOnce();

  @Option(
      names = "--min-rate",
      paramLabel = "N",
      description = "Slowest upload or answer in bytes a second. Default: 4096.")
  private int minRate = TRAFFIC.bytesPerSecond();

  @Option(
      names = "--idle",
      paramLabel = "SECONDS",
      description = "How long a connection may be silent. Default: 15.")
  private int idle = TRAFFIC.idleSeconds();

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Open connections. Default: 1000.")
  private int connections = TRAFFIC.connections();

  /**
   * @throws IllegalArgumentException if a limit is below 1
   */
  PictureLimits pictures() {
    return new PictureLimits(maxBody, maxPixels, maxSide, maxOutputPixels, maxWebpPixels);
  }

  /**
   * @throws IllegalArgumentException if a limit is too small
   */
  Traffic traffic() {
    return new Traffic(rate, burst, uploads, minRate, idle, connections);
  }

  /**
   * @throws IllegalArgumentException if a limit is too small
   */
  Capacity capacity() {
    Capacity own = Capacity.ofThisMachine();
    return new Capacity(
        atOnce == null ? own.atOnce() : atOnce,
        waiting == null ? own.waiting() : waiting,
        heapMemory == null ? own.heapBytes() : heapMemory,
        nativeMemory == null ? own.nativeBytes() : nativeMemory,
        modelMemory == null ? own.modelBytes() : modelMemory);
  }
}
