package org.ganvas.server.http;

import io.javalin.http.Context;
import java.util.UUID;
import java.util.regex.Pattern;

/** Gives every request an id: the one that it brings, if that is harmless, else a new one. */
final class RequestIds {
  static final String HEADER = "X-Request-Id";

  private static final String ATTRIBUTE = RequestIds.class.getName();
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_-]{8,64}");

  private RequestIds() {}

  static void assign(Context ctx) {
    String brought = ctx.header(HEADER);
    String id = brought != null && HARMLESS.matcher(brought).matches() ? brought : fresh();
    ctx.attribute(ATTRIBUTE, id);
    ctx.header(HEADER, id);
  }

  static String fresh() {
    return UUID.randomUUID().toString();
  }

  /** The id of a request; null before {@link #assign}. */
  static String of(Context ctx) {
    String id = ctx.attribute(ATTRIBUTE);
    return id == null ? "none" : id;
  }

  /** The id as the URI of an occurrence. */
  static String uri(String id) {
    return "urn:ganvas:request:" + id;
  }
}
