package org.ganvas.server.http;

import com.google.gson.JsonObject;
import io.javalin.http.Context;
import io.javalin.http.RequestLogger;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Counts each request, and prints one line of JSON for it. Queries and names of files are left out:
 * what people send is nobody's business.
 */
final class RequestLog implements RequestLogger {
  private final PrintStream out;
  private final Clients clients;
  private final ServerMetrics metrics;

  RequestLog(PrintStream out, Clients clients, ServerMetrics metrics) {
    this.out = out;
    this.clients = clients;
    this.metrics = metrics;
  }

  @Override
  public void handle(Context ctx, Float millis) {
    metrics.count(ctx, millis / 1000);
    JsonObject line = line(RequestIds.of(ctx), clients.of(ctx), ctx.req().getMethod());
    line.addProperty("path", ctx.path());
    line.addProperty("status", ctx.statusCode());
    line.addProperty("millis", Math.round(millis));
    line.addProperty("bytesIn", Math.max(0, ctx.req().getContentLengthLong()));
    out.println(line);
  }

  /** How each line begins. */
  static JsonObject line(String id, String client, String method) {
    JsonObject line = new JsonObject();
    line.addProperty("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    line.addProperty("id", id);
    line.addProperty("client", client);
    line.addProperty("method", method);
    return line;
  }
}
