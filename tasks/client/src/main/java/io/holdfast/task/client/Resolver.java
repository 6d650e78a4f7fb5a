package io.holdfast.task.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. */
public interface Resolver {

  /** The machine's own way. */
  Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /** All addresses, at least one. */
  List<InetAddress> resolve(String host) throws UnknownHostException;
}
