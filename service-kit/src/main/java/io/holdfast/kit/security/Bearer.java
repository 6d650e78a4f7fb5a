package io.holdfast.kit.security;

import java.util.Objects;

/**
 * Whoever shows a token of ours.
 *
 * @param name for people and logs
 * @param role one of {@link Roles}
 */
public record Bearer(String name, String role) {

  public Bearer {
    Objects.requireNonNull(name, "name");
    Roles.upTo(role);
  }
}
