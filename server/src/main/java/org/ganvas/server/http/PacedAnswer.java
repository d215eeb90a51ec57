package org.ganvas.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * An answer on its way to a client. If that takes it too slowly its connection is closed: a thread
 * and a file of the server are there for it until the end.
 */
final class PacedAnswer extends OutputStream {
  private static final long LOOK_SECONDS = 1;

  /** What a client takes is seen no finer than this. */
  private static final int SLICE_BYTES = 8 << 10;

  private final OutputStream out;
  private final Pace pace;
  private final EndPoint client;
  private final Scheduler clock;
  private final AtomicLong sent = new AtomicLong();
  private Scheduler.Task look;
  private boolean closed;

  private PacedAnswer(OutputStream out, Pace pace, ConnectionMetaData connection) {
    this.out = out;
    this.pace = pace;
    this.client = connection.getConnection().getEndPoint();
    this.clock = connection.getConnector().getScheduler();
    this.look = clock.schedule(this::look, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * The answer to a request, from now on.
   *
   * @param bytesPerSecond the slowest that is borne with, after the first seconds
   */
  static PacedAnswer to(Context ctx, int bytesPerSecond) throws IOException {
    return new PacedAnswer(
        ctx.res().getOutputStream(),
        new Pace(bytesPerSecond),
        ServletContextRequest.getServletContextRequest(ctx.req()).getConnectionMetaData());
  }

  private synchronized void look() {
    if (closed) {
      return;
    }
    if (pace.isMissedBy(sent.get())) {
      client.close(new TimeoutException("an answer was taken too slowly"));
    } else {
      look = clock.schedule(this::look, LOOK_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; done += SLICE_BYTES) {
      int slice = Math.min(SLICE_BYTES, length - done);
      out.write(bytes, offset + done, slice);
      sent.addAndGet(slice);
    }
  }

  /** Nobody looks any longer; what is still in a buffer goes out when the request has ended. */
  @Override
  public synchronized void close() {
    closed = true;
    look.cancel();
  }
}
