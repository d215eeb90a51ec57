package org.ganvas.server.work;

import java.util.concurrent.ThreadFactory;

/**
 * Threads for what goes on beside the requests, which keep no process from ending.
 *
 * @param name of each
 */
public record DaemonThreads(String name) implements ThreadFactory {
  @Override
  public Thread newThread(Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
