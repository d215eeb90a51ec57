package org.ganvas.server.http;

/**
 * What connections and clients may do.
 *
 * @param requestsPerMinute how many requests below {@code /v1} a client may send in the long run
 * @param burst how many it may send at once after a pause
 * @param uploadsAtOnce bodies that may arrive, wait or be answered at the same time, and results of
 *     jobs that may be taken
 * @param bytesPerSecond the slowest upload or answer, in the mean, after its first five seconds
 * @param idleSeconds how long a connection may be silent
 * @param connections open connections
 */
public record Traffic(
    int requestsPerMinute,
    int burst,
    int uploadsAtOnce,
    int bytesPerSecond,
    int idleSeconds,
    int connections) {
  /** 1200 a minute, 300 at once; 64 uploads; 4 KiB/s; 15 s; 1000 connections. */
  public static final Traffic DEFAULT = new Traffic(1200, 300, 64, 4096, 15, 1000);

  public Traffic {
    if (requestsPerMinute < 1
        || burst < 1
        || uploadsAtOnce < 1
        || bytesPerSecond < 0
        || idleSeconds < 1
        || connections < 1) {
      throw new IllegalArgumentException("limits of traffic are at least 1, found one below");
    }
  }
}
