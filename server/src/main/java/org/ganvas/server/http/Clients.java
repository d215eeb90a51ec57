package org.ganvas.server.http;

import io.javalin.http.Context;

/** Tells clients apart: by their key where keys are needed, else by their address. */
final class Clients {
  private static final String KEY_NAME = Clients.class.getName();

  private final boolean trustsProxy;

  /**
   * @param trustsProxy whether the last address in {@code X-Forwarded-For} is the client's
   */
  Clients(boolean trustsProxy) {
    this.trustsProxy = trustsProxy;
  }

  /** Notes that a request came with the key of this name. */
  static void identified(Context ctx, String keyName) {
    ctx.attribute(KEY_NAME, keyName);
  }

  /** The name of the request's key, or its address. */
  String of(Context ctx) {
    String key = ctx.attribute(KEY_NAME);
    return key == null ? address(ctx) : "key " + key;
  }

  /** Whom a job belongs to: the key; nobody in particular where there are none. */
  static String owner(Context ctx) {
    String key = ctx.attribute(KEY_NAME);
    return key == null ? "" : key;
  }

  private String address(Context ctx) {
    String forwarded = trustsProxy ? ctx.header("X-Forwarded-For") : null;
    if (forwarded != null) {
      // What stands further left, the client may have written itself.
      return network(forwarded.substring(forwarded.lastIndexOf(',') + 1).strip());
    }
    return network(ctx.req().getRemoteAddr());
  }

  /** The first half of an IPv6 address: the rest is the client's to choose. */
  private static String network(String address) {
    String plain = address.replaceAll("[^0-9A-Fa-f:.]", "");
    if (!plain.contains(":") || plain.contains(".")) {
      return plain;
    }
    String[] groups = plain.split(":", 5);
    return groups.length < 5
        ? plain
        : String.join(":", groups[0], groups[1], groups[2], groups[3]) + "::";
  }
}
