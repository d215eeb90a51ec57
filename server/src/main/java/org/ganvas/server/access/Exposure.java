package org.ganvas.server.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * To whom the server shows itself.
 *
 * @param host the address it listens on
 * @param port the port; 0 for any that is free
 * @param apiKeys a file of keys that clients need; null for none
 * @param insecure whether strangers may do without a key
 * @param origins web sites whose pages may use the API, such as {@code https://example.org}
 * @param behindProxy whether a proxy in front tells the client's address
 */
public record Exposure(
    String host,
    int port,
    @Nullable Path apiKeys,
    boolean insecure,
    List<String> origins,
    boolean behindProxy) {
  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  /** As browsers write it: the port is left out where it is the scheme's own. */
  private static final Pattern ORIGIN =
      Pattern.compile(
          "(?!http://.*:80$|https://.*:443$)"
              + "[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[1-9][0-9]{0,4})?");

  /** This machine only, port 8080. */
  public static final Exposure DEFAULT =
      new Exposure("127.0.0.1", 8080, null, false, List.of(), false);

  public Exposure {
    origins = List.copyOf(origins);
    origins.forEach(Exposure::requireOrigin);
    if (port < 0 || port > 0xFFFF) {
      throw new IllegalArgumentException("a port is a number from 0 to 65535, found " + port);
    }
    if (apiKeys == null && !insecure && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "a server that others can reach needs --api-keys, found none for the address %s; give --insecure if nobody but friends can reach it"
              .formatted(host));
    }
  }

  /**
   * Whether the server answers to a name. Where it is for this machine only and nobody needs a key,
   * a page could let the name of its own site point here, and would pass for the server's own page.
   *
   * @param header the header {@code Host}; null if there is none, which no browser leaves out
   */
  public boolean answersTo(@Nullable String header) {
    if (header == null || apiKeys != null || insecure || behindProxy) {
      return true;
    }
    String name = header.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
    return LOCAL_NAMES.contains(name) || name.equalsIgnoreCase(nameInUrls());
  }

  /** What a browser opens, such as {@code http://[::1]:8080}, where this is the port. */
  public String url(int listening) {
    return "http://%s:%d".formatted(nameInUrls(), listening);
  }

  /** The host as it stands in URLs, where an IPv6 address has brackets. */
  private String nameInUrls() {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private static void requireOrigin(String origin) {
    if (!ORIGIN.matcher(origin).matches()) {
      throw new IllegalArgumentException(
          "--cors takes a scheme, a host in small letters, and a port unless it is the usual one, found '%s'; give one such as https://example.org"
              .formatted(origin));
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "--host is an address of this machine, found %s".formatted(host), e);
    }
  }
}
