package org.ganvas.server.http;

import org.ganvas.server.work.Limits;

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
    Limits.requireAtLeast("--rate", 1, requestsPerMinute);
    Limits.requireAtLeast("--burst", 1, burst);
    Limits.requireAtLeast("--uploads", 1, uploadsAtOnce);
    Limits.requireAtLeast("--min-rate", 0, bytesPerSecond);
    Limits.requireAtLeast("--idle", 1, idleSeconds);
    Limits.requireAtLeast("--connections", 1, connections);
  }
}
