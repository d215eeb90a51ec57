package org.ganvas.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.ganvas.server.problem.Problem;
import org.ganvas.server.problem.ProblemException;
import org.ganvas.server.problem.ProblemKind;
import org.ganvas.server.problem.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers whatever goes wrong with problem details; never with a stack trace. */
final class ErrorResponses {
  /** What nginx logs for a client that closed its connection; nobody gets to read it. */
  static final int CLIENT_GONE = 499;

  private static final Logger LOG = LoggerFactory.getLogger(ErrorResponses.class);

  private static final Map<Integer, Problem> BY_STATUS =
      Map.of(
          404,
          new Problem(ProblemKind.NOT_FOUND, "the API is described at /docs; check the path"),
          405,
          new Problem(
              ProblemKind.METHOD_NOT_ALLOWED,
              "the header Allow names the methods of this path; see /docs"),
          413,
          new Problem(ProblemKind.BODY_TOO_LARGE, "the body is too large; send a smaller picture"));

  /** Of the server's failures by their number, the one that is the client's. */
  private static final int HTTP_VERSION = 505;

  private static final int RETRY_SECONDS = 5;

  /** A client that still sends would not see the answer if the connection were closed before. */
  private static final long DRAINED_BYTES = 128L << 20;

  private static final long DRAINED_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private ErrorResponses() {}

  /** Registers the answers. */
  static void register(RoutesConfig routes) {
    routes.exception(ProblemException.class, ErrorResponses::refuse);
    routes.exception(CancellationException.class, (e, ctx) -> ctx.status(CLIENT_GONE));
    routes.exception(MethodNotAllowedResponse.class, ErrorResponses::refuseMethod);
    routes.exception(HttpResponseException.class, (e, ctx) -> write(ctx, of(e.getStatus())));
    routes.exception(SQLException.class, ErrorResponses::unreachable);
    routes.exception(Exception.class, ErrorResponses::fail);
    BY_STATUS.forEach((status, problem) -> routes.error(status, "*", ctx -> write(ctx, problem)));
  }

  /** The problem for a status that a library chose. */
  static Problem of(int status) {
    Problem known = BY_STATUS.get(status);
    if (known != null) {
      return known;
    }
    return status < 500 || status == HTTP_VERSION
        ? new Problem(ProblemKind.BAD_REQUEST, "the request breaks a rule of HTTP; see /docs")
        : Problems.of(new IllegalStateException());
  }

  private static void refuse(ProblemException e, Context ctx) {
    if (e.retryAfterSeconds() > 0) {
      ctx.header("Retry-After", Integer.toString(e.retryAfterSeconds()));
    }
    if (e.problem().kind() == ProblemKind.KEY_NEEDED) {
      ctx.header("WWW-Authenticate", "Bearer");
    }
    write(ctx, e.problem());
  }

  private static void refuseMethod(MethodNotAllowedResponse e, Context ctx) {
    // A browser's question whether a page may ask is no request of this API, and without a 2xx it
    // takes the answer for a no.
    if (ctx.method().equals(HandlerType.OPTIONS)
        && ctx.res().containsHeader(Header.ACCESS_CONTROL_ALLOW_ORIGIN)) {
      ctx.status(HttpStatus.NO_CONTENT);
      return;
    }
    // The methods are its only detail, whose name depends on what the client accepts.
    ctx.header("Allow", String.join(", ", e.getDetails().values()));
    write(ctx, of(e.getStatus()));
  }

  private static void fail(Exception e, Context ctx) {
    if (e instanceof IOException && ctx.res().isCommitted()) {
      LOG.debug("a client left while it was answered", e);
      return;
    }
    Problem problem = Problems.of(e);
    if (problem.kind().status() >= 500) {
      LOG.error("request {} failed", RequestIds.of(ctx), e);
    }
    write(ctx, problem);
  }

  private static void unreachable(SQLException e, Context ctx) {
    LOG.error("request {} failed", RequestIds.of(ctx), e);
    refuse(
        ProblemException.retryLater(
            ProblemKind.BUSY,
            "the server cannot reach its database at the moment; try again later",
            RETRY_SECONDS),
        ctx);
  }

  /**
   * Sends a problem now, and then reads a little more of what the client may still send. An answer
   * that has begun stays without its end, by which the client sees that it is not whole.
   */
  static void write(Context ctx, Problem problem) {
    if (ctx.res().isCommitted()) {
      return;
    }
    String json = problem.toJson(RequestIds.uri(RequestIds.of(ctx))).toString();
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    ctx.status(problem.kind().status());
    ServerMetrics.refused(ctx, problem);
    try {
      ctx.res().setContentType(Problem.MEDIA_TYPE);
      ctx.res().setContentLength(bytes.length);
      ctx.res().getOutputStream().write(bytes);
      ctx.res().flushBuffer();
      if (ctx.header("Expect") == null && hasBody(ctx)) {
        drain(ctx.req().getInputStream(), ctx.req().getContentLengthLong());
      }
    } catch (IOException | IllegalStateException e) {
      LOG.debug("a client did not wait for its problem", e);
    }
  }

  private static boolean hasBody(Context ctx) {
    return ctx.req().getContentLengthLong() > 0 || ctx.header("Transfer-Encoding") != null;
  }

  private static void drain(ServletInputStream in, long declared) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long start = System.nanoTime();
    long last = start;
    long drained = 0;
    long all = declared < 0 ? DRAINED_BYTES : Math.min(declared, DRAINED_BYTES);
    while (!in.isFinished() && drained < all) {
      long now = System.nanoTime();
      if (now - start > DRAINED_NANOS || now - last > QUIET_NANOS) {
        return;
      }
      if (in.available() > 0) {
        drained += Math.max(0, in.read(buffer));
        last = now;
      } else {
        pause();
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An {@link Error} in a handler, such as too little memory. */
  static void answer(jakarta.servlet.http.HttpServletResponse response, Error error) {
    LOG.error("a request failed", error);
    if (response.isCommitted()) {
      return;
    }
    Problem problem = Problems.of(error);
    String id = response.getHeader(RequestIds.HEADER);
    String json = problem.toJson(id == null ? null : RequestIds.uri(id)).toString();
    try {
      response.setStatus(problem.kind().status());
      if (problem.kind() == ProblemKind.BUSY) {
        response.setHeader("Retry-After", Integer.toString(RETRY_SECONDS));
      }
      response.setContentType(Problem.MEDIA_TYPE);
      response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.debug("a client did not wait for its problem", e);
    }
  }
}
