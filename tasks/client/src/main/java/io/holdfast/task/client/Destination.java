package io.holdfast.task.client;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;

/**
 * A service that may be asked.
 *
 * @param base its address as it was given
 * @param addresses of its host, all checked
 */
record Destination(URI base, List<InetAddress> addresses) {

  /**
   * Address of a resource, with a checked address in place of the host's name for plain HTTP. For
   * TLS the name stays: the certificate is checked against it.
   */
  URI uri(String resource, InetAddress address) {
    String path = base.getRawPath();
    String folder = path.endsWith("/") ? path : path + "/";
    String authority = secure() ? base.getRawAuthority() : literal(address) + port();
    return URI.create(base.getScheme() + "://" + authority + folder + resource);
  }

  boolean secure() {
    return base.getScheme().equalsIgnoreCase("https");
  }

  /** Value of the Host header. */
  String host() {
    return base.getRawAuthority();
  }

  private String port() {
    return base.getPort() < 0 ? "" : ":" + base.getPort();
  }

  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    return address instanceof Inet6Address
        ? "[" + text.replaceFirst("%.*", "") + "]" // a scope is not part of an authority
        : text;
  }
}
