package io.holdfast.task.client;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** What an address is good for, from the registries of special-purpose addresses (RFC 6890). */
public enum AddressKind {
  /** Anyone's. */
  PUBLIC,
  /** This machine: 127.0.0.0/8, ::1. */
  LOOPBACK,
  /** A private network: RFC 1918, 100.64.0.0/10, fc00::/7, fec0::/10. */
  PRIVATE,
  /** This link, where clouds keep their metadata services: 169.254.0.0/16, fe80::/10. */
  LINK_LOCAL,
  /**
   * No single machine, or none that may be asked: multicast, unspecified, reserved. Never allowed.
   */
  RESERVED;

  /** The kind of an address. One that wraps an IPv4 address is what that one is. */
  public static AddressKind of(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address.isMulticastAddress() || address.isAnyLocalAddress()) {
      return RESERVED;
    }
    if (address.isLoopbackAddress()) {
      return LOOPBACK;
    }
    if (address.isLinkLocalAddress()) {
      return LINK_LOCAL;
    }
    if (address.isSiteLocalAddress()) {
      return PRIVATE;
    }
    return address instanceof Inet4Address ? ofIpv4(bytes) : ofIpv6(bytes);
  }

  private static AddressKind ofIpv4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    boolean sharedSpace = first == 100 && second >= 64 && second < 128;
    boolean protocols = first == 192 && second == 0 && bytes[2] == 0;
    boolean benchmarks = first == 198 && (second == 18 || second == 19);
    if (sharedSpace) {
      return PRIVATE;
    }
    return first == 0 || first >= 240 || protocols || benchmarks ? RESERVED : PUBLIC;
  }

  private static AddressKind ofIpv6(byte[] bytes) {
    if ((bytes[0] & 0xfe) == 0xfc) {
      return PRIVATE;
    }
    if (startsWith(bytes, 0x00, 0x64, 0xff, 0x9b)) { // NAT64
      return ofIpv4In(bytes, 12);
    }
    if (startsWith(bytes, 0x20, 0x02)) { // 6to4
      return ofIpv4In(bytes, 2);
    }
    if (startsWith(bytes, 0x20, 0x01, 0x00, 0x00)) { // Teredo hides its address
      return RESERVED;
    }
    return startsWith(bytes, new int[12]) ? ofIpv4In(bytes, 12) : PUBLIC;
  }

  private static AddressKind ofIpv4In(byte[] bytes, int from) {
    try {
      return of(InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4)));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
