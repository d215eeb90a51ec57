package org.ganvas.server.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets the pages of some other web sites read the answers, by the Fetch standard's CORS protocol.
 * To be asked before whatever refuses a request, so that they can read the refusals as well. Whom
 * they are to refuse, {@link AccessGuard} refuses.
 */
final class OtherSites implements Handler {
  private static final String EXPOSED = "Location, Retry-After, " + RequestIds.HEADER;

  private final List<String> origins;

  /**
   * @param origins of the sites, such as {@code https://example.org}
   */
  OtherSites(List<String> origins) {
    this.origins = origins;
  }

  @Override
  public void handle(Context ctx) {
    if (origins.isEmpty()) {
      return;
    }
    ctx.header("Vary", "Origin");
    String origin = ctx.header("Origin");
    if (origin != null && origins.contains(origin)) {
      ctx.header("Access-Control-Allow-Origin", origin);
      ctx.header("Access-Control-Expose-Headers", EXPOSED);
      grant("Access-Control-Allow-Methods", ctx.header("Access-Control-Request-Method"), ctx);
      grant("Access-Control-Allow-Headers", ctx.header("Access-Control-Request-Headers"), ctx);
    }
  }

  /** What a browser asks for before the request itself. */
  private static void grant(String header, @Nullable String asked, Context ctx) {
    if (asked != null) {
      ctx.header(header, asked);
    }
  }
}
