package io.holdfast.task.client;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which services the operator lets Holdfast speak to.
 *
 * @param hosts names or addresses, each with or without a port: {@code tasks.example.org}, {@code
 *     localhost:8080}, {@code *.example.org} for all below a domain, {@code *} for any; none: no
 *     task services
 * @param addresses kinds of addresses that a host may have; {@code RESERVED} never
 */
public record TaskAccess(List<String> hosts, Set<AddressKind> addresses) {

  public TaskAccess {
    hosts = hosts.stream().map(host -> host.strip().toLowerCase(Locale.ROOT)).toList();
    addresses = Set.copyOf(addresses);
    if (addresses.contains(AddressKind.RESERVED)) {
      throw new IllegalArgumentException("reserved addresses are never allowed");
    }
  }

  /** Any host on the public network. */
  public static TaskAccess publicOnly() {
    return new TaskAccess(List.of("*"), Set.of(AddressKind.PUBLIC));
  }

  boolean allowsHost(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    return hosts.stream()
        .anyMatch(allowed -> matches(allowed, name) || matches(allowed, name + ":" + port));
  }

  boolean allows(AddressKind kind) {
    return addresses.contains(kind);
  }

  private static boolean matches(String allowed, String host) {
    return allowed.equals("*")
        || allowed.equals(host)
        || (allowed.startsWith("*.") && host.endsWith(allowed.substring(1)));
  }
}
