package org.ganvas.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Tells whether the client of a request is still there. While a request is being handled, Jetty
 * does not read from its connection, so it does not notice the end of it; here the connection is
 * read without waiting.
 */
final class ClientConnection {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** What of the client's next requests is taken, if it sends them ahead; Jetty has room for it. */
  private static final int MOST_BYTES_AHEAD = 4096;

  private final Connection connection;
  private long looked = System.nanoTime();
  private boolean closed;
  private int bytesAhead;

  private ClientConnection(Connection connection) {
    this.connection = connection;
  }

  static ClientConnection of(Context ctx) {
    return new ClientConnection(
        ServletContextRequest.getServletContextRequest(ctx.req())
            .getConnectionMetaData()
            .getConnection());
  }

  /** Whether Jetty has read all that the client sent before it closed its connection. */
  boolean hasEnded() {
    EndPoint endPoint = connection.getEndPoint();
    return !endPoint.isOpen() || endPoint.isInputShutdown();
  }

  /**
   * Whether the client has closed its connection; looks at most twice a second. To be asked between
   * the end of the request's body and the answer only.
   */
  synchronized boolean isClosed() {
    if (!closed && bytesAhead < MOST_BYTES_AHEAD && System.nanoTime() - looked > LOOK_NANOS) {
      looked = System.nanoTime();
      closed = look();
    }
    return closed;
  }

  private boolean look() {
    EndPoint endPoint = connection.getEndPoint();
    if (!endPoint.isOpen() || !(connection instanceof Connection.UpgradeTo reader)) {
      return !endPoint.isOpen();
    }
    ByteBuffer buffer = BufferUtil.allocate(MOST_BYTES_AHEAD - bytesAhead);
    try {
      int filled = endPoint.fill(buffer);
      if (filled > 0) {
        bytesAhead += filled;
        reader.onUpgradeTo(buffer);
      }
      return filled < 0;
    } catch (IOException e) {
      return true;
    }
  }
}
