package org.ganvas.server.http;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells clients apart: by their key where keys are needed, else by their address. */
final class Clients {
  private static final String KEY_NAME = Clients.class.getName();
  private static final int IPV6_BYTES = 16;
  private static final Pattern WITH_PORT = Pattern.compile("([^:]+|\\[.+]):\\d+");

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
    if (trustsProxy) {
      // What stands further up or left, the client may have written itself.
      String forwarded =
          String.join(",", Collections.list(ctx.req().getHeaders("X-Forwarded-For")));
      String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
      if (!last.isEmpty()) {
        return network(withoutPort(last));
      }
    }
    return network(ctx.req().getRemoteAddr());
  }

  /** An address that a proxy wrote, which may be {@code 20.1.2.3:5555} or {@code [2001::1]:443}. */
  private static String withoutPort(String address) {
    Matcher matcher = WITH_PORT.matcher(address);
    return matcher.matches() ? matcher.group(1) : address;
  }

  /** The first half of an IPv6 address: the rest is the client's to choose. */
  private static String network(String address) {
    String plain = address.replaceAll("[^0-9A-Fa-f:.]", "");
    if (!plain.contains(":")) {
      return plain;
    }
    try {
      // With a colon in it, it is never looked up as a name. IPv4 within IPv6 becomes IPv4.
      byte[] bytes = InetAddress.getByName(plain).getAddress();
      return bytes.length == IPV6_BYTES
          ? HexFormat.ofDelimiter(":").formatHex(bytes, 0, IPV6_BYTES / 2) + "::"
          : InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
