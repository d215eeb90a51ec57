package org.ganvas.server;

/**
 * Ends a server in order when its process is told to end, by SIGTERM or Ctrl-C. A Java process that
 * is told to end exits with 143 by itself, which service managers take for a failure; this one
 * exits with 0.
 */
public final class ShutdownHook {
  private ShutdownHook() {}

  /** From now on the end of the process is the end of the server. */
  public static void install(ImageServer server) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server), "end-of-server"));
  }

  private static void end(ImageServer server) {
    server.close();
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }
}
