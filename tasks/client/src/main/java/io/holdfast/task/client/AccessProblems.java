package io.holdfast.task.client;

import io.holdfast.contracts.problem.Problem;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;

/** Why a service is not even asked. */
final class AccessProblems {

  private AccessProblems() {}

  static Problem notAnAddress(URI base) {
    return Problem.at(
        "url",
        "task-bad-url",
        base,
        "This is not the address of a task service.",
        "Give http://host:port/path or https://…, without user, query or fragment.");
  }

  static Problem hostNotAllowed(URI base) {
    return Problem.at(
        "url",
        "task-host-not-allowed",
        base,
        "The operator does not allow this host.",
        "Ask for " + base.getHost() + " to be added to the hosts of holdfast.tasks.");
  }

  static Problem addressNotAllowed(URI base, InetAddress address) {
    String kind = AddressKind.of(address).name().toLowerCase(Locale.ROOT).replace('_', '-');
    return Problem.at(
        "url",
        "task-address-not-allowed",
        base,
        "Its host has the %s address %s, which the operator does not allow."
            .formatted(kind, address.getHostAddress()),
        "Run the service elsewhere, or ask for " + kind + " addresses to be allowed.");
  }
}
