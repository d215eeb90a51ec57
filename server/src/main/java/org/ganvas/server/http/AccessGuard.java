package org.ganvas.server.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Set;
import org.ganvas.server.access.ApiKeys;
import org.ganvas.server.access.Exposure;
import org.ganvas.server.access.RateLimit;
import org.ganvas.server.problem.ProblemException;
import org.ganvas.server.problem.ProblemKind;
import org.jspecify.annotations.Nullable;

/** Asks for a key where one is needed, and counts the requests of each client. */
final class AccessGuard implements Handler {
  private static final String SCHEME = "Bearer ";
  private static final Set<String> OPEN = Set.of("/v1/openapi.json");
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final @Nullable ApiKeys keys;
  private final RateLimit rates;
  private final Clients clients;
  private final Exposure exposure;

  /**
   * @param keys the keys that are needed; null if none is
   * @param exposure says whose pages may use the API
   */
  AccessGuard(@Nullable ApiKeys keys, RateLimit rates, Clients clients, Exposure exposure) {
    this.keys = keys;
    this.rates = rates;
    this.clients = clients;
    this.exposure = exposure;
  }

  @Override
  public void handle(Context ctx) {
    String path = ctx.path();
    boolean api = path.startsWith("/v1/") && !OPEN.contains(path);
    // Also with a slash behind it, with which Javalin finds the same route.
    if ((!api && !path.startsWith("/metrics")) || ctx.req().getMethod().equals("OPTIONS")) {
      return;
    }
    refuseForeignNames(ctx);
    refuseForeignPages(ctx);
    if (keys != null) {
      identify(ctx, keys);
    }
    if (api) {
      rates.count(clients.of(ctx));
    }
  }

  private void refuseForeignNames(Context ctx) {
    String host = ctx.header("Host");
    if (!exposure.answersTo(host)) {
      throw new ProblemException(
          ProblemKind.FORBIDDEN,
          "without keys this server is asked as localhost or 127.0.0.1, found %s; its operator can give others access with --api-keys, --behind-proxy or --insecure"
              .formatted(host));
    }
  }

  /** Browsers send what any web site asks them to send; they only keep the answer from it. */
  private void refuseForeignPages(Context ctx) {
    String origin = ctx.header("Origin");
    if (!READING.contains(ctx.req().getMethod())
        && isForeign(ctx, origin)
        && (origin == null || !exposure.origins().contains(origin))) {
      throw new ProblemException(
          ProblemKind.FORBIDDEN,
          "pages of other web sites may not use this server; its operator can allow one with --cors");
    }
  }

  /** Whether a page of another web site asks; who is no browser does not say where they are. */
  private static boolean isForeign(Context ctx, @Nullable String origin) {
    String site = ctx.header("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("cross-site") || site.equals("same-site");
    }
    // Browsers leave that header out where the server is reached by plain HTTP.
    return origin != null && !origin.replaceFirst("^https?://", "").equals(ctx.header("Host"));
  }

  private void identify(Context ctx, ApiKeys known) {
    String header = ctx.header("Authorization");
    String key =
        header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            ? header.substring(SCHEME.length())
            : "";
    String name = known.nameOf(key.strip()).orElse(null);
    if (name == null) {
      rates.count(clients.of(ctx)); // so that nobody tries keys by the thousand
      throw new ProblemException(
          ProblemKind.KEY_NEEDED,
          "send the header Authorization: Bearer KEY with a key from the operator of this server");
    }
    Clients.identified(ctx, name);
  }
}
