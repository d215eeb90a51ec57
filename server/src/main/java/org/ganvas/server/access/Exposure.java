package org.ganvas.server.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
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
  /** This machine only, port 8080. */
  public static final Exposure DEFAULT =
      new Exposure("127.0.0.1", 8080, null, false, List.of(), false);

  public Exposure {
    origins = List.copyOf(origins);
    if (port < 0 || port > 0xFFFF) {
      throw new IllegalArgumentException("a port is a number from 0 to 65535, found " + port);
    }
    if (apiKeys == null && !insecure && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "a server that others can reach needs --api-keys, found none for the address %s; give --insecure if nobody but friends can reach it"
              .formatted(host));
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
