package org.ganvas.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.ganvas.server.problem.ProblemException;
import org.ganvas.server.problem.ProblemKind;
import org.jspecify.annotations.Nullable;

/** Reads bodies into memory: not too large ones, from clients that are not too slow. */
final class BodyReader {
  private static final int BUFFER_BYTES = 1 << 16;

  private final long maxBytes;
  private final int bytesPerSecond;

  /**
   * @param maxBytes the largest body, multipart headers included
   * @param bytesPerSecond the slowest upload, after the first seconds
   */
  BodyReader(long maxBytes, int bytesPerSecond) {
    this.maxBytes = maxBytes;
    this.bytesPerSecond = bytesPerSecond;
  }

  /**
   * How long a body will be at most.
   *
   * @throws ProblemException if it is declared to be too large
   */
  long expectedLength(Context ctx) {
    long declared = ctx.req().getContentLengthLong();
    if (declared > maxBytes) {
      throw tooLarge("%,d".formatted(declared));
    }
    return declared < 0 ? maxBytes : declared;
  }

  /**
   * The picture in a request: its body, or the part of it that is called {@code file} or nothing.
   *
   * @throws ProblemException if it is too large or comes too slowly
   * @throws CancellationException if the client is gone
   */
  byte[] read(Context ctx) throws IOException {
    expectedLength(ctx);
    int declared = Math.max(0, ctx.req().getContentLength());
    // As it stands there: Jetty's own reading of it fails where it names an unknown charset.
    MultipartPicture multipart = MultipartPicture.of(ctx.header("Content-Type"), declared);
    BodyBuffer raw = new BodyBuffer(multipart == null ? declared : 0);
    try (InputStream in = ctx.req().getInputStream()) {
      byte[] buffer = new byte[BUFFER_BYTES];
      Pace pace = new Pace(bytesPerSecond);
      long total = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        total += n;
        if (total > maxBytes) {
          throw tooLarge("more");
        }
        if (pace.isMissedBy(total)) {
          throw tooSlow(null);
        }
        if (multipart == null) {
          raw.append(ByteBuffer.wrap(buffer, 0, n));
        } else {
          multipart.feed(buffer, n);
        }
      }
      return multipart == null ? raw.bytes() : multipart.picture();
    } catch (IOException e) {
      throw refusal(ctx, e);
    }
  }

  private RuntimeException refusal(Context ctx, IOException e) {
    if (isCausedBy(TimeoutException.class, e)) {
      return tooSlow(e);
    }
    // The client of a body that is not HTTP is still there; Jetty calls both an early end.
    return isCausedBy(HttpException.class, e) && !ClientConnection.of(ctx).hasEnded()
        ? new ProblemException(
            ProblemKind.BAD_REQUEST, "the body breaks a rule of HTTP; send it anew", e)
        : gone(e);
  }

  private static boolean isCausedBy(Class<?> type, Throwable e) {
    return type.isInstance(e) || (e.getCause() != null && isCausedBy(type, e.getCause()));
  }

  private static CancellationException gone(IOException e) {
    CancellationException gone = new CancellationException("the client closed its connection");
    gone.initCause(e);
    return gone;
  }

  private ProblemException tooSlow(@Nullable Throwable cause) {
    String detail =
        "an upload brings at least %,d bytes a second, found fewer; send a smaller picture"
            .formatted(bytesPerSecond);
    return cause == null
        ? new ProblemException(ProblemKind.TOO_SLOW, detail)
        : new ProblemException(ProblemKind.TOO_SLOW, detail, cause);
  }

  private ProblemException tooLarge(String found) {
    return new ProblemException(
        ProblemKind.BODY_TOO_LARGE,
        "a body has at most %,d bytes, found %s; send a smaller picture"
            .formatted(maxBytes, found));
  }
}
