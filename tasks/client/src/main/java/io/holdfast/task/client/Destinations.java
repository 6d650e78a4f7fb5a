package io.holdfast.task.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** Decides which service a request may go to, each time anew. */
final class Destinations {

  private final TaskAccess access;
  private final Resolver resolver;

  Destinations(TaskAccess access, Resolver resolver) {
    this.access = access;
    this.resolver = resolver;
  }

  Outcome<Destination> of(URI base) {
    String host = base.getHost();
    String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase();
    boolean plain =
        base.getRawUserInfo() == null
            && base.getRawQuery() == null
            && base.getRawFragment() == null;
    if (host == null || !plain || !(scheme.equals("http") || scheme.equals("https"))) {
      return Outcome.violation(AccessProblems.notAnAddress(base));
    }
    int port = base.getPort() >= 0 ? base.getPort() : scheme.equals("https") ? 443 : 80;
    return access.allowsHost(host, port)
        ? resolved(base, host)
        : Outcome.violation(AccessProblems.hostNotAllowed(base));
  }

  /** One forbidden address among several is enough to refuse: the network might choose that one. */
  private Outcome<Destination> resolved(URI base, String host) {
    List<InetAddress> addresses;
    try {
      addresses = resolver.resolve(host);
    } catch (UnknownHostException e) {
      return Outcome.unreachable("The host " + host + " has no address.");
    }
    Optional<InetAddress> forbidden =
        addresses.stream().filter(each -> !access.allows(AddressKind.of(each))).findFirst();
    return forbidden.isPresent()
        ? Outcome.violation(AccessProblems.addressNotAllowed(base, forbidden.get()))
        : Outcome.success(new Destination(base, List.copyOf(addresses)));
  }
}
