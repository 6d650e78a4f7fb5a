package io.holdfast.kit.security;

import java.util.List;
import java.util.Set;

/** Names of the roles. Whoever has one may do what those before it may. */
public final class Roles {

  /** Reads. */
  public static final String VIEWER = "viewer";

  /** Submits, plans and cancels studies; registers and removes tasks. */
  public static final String RUNNER = "runner";

  /** Everything, tokens included. */
  public static final String ADMIN = "admin";

  private static final List<String> ASCENDING = List.of(VIEWER, RUNNER, ADMIN);

  private Roles() {}

  /** All roles, the least first. */
  public static List<String> ascending() {
    return ASCENDING;
  }

  /** The role and all that it includes. */
  public static Set<String> upTo(String role) {
    int last = ASCENDING.indexOf(role);
    if (last < 0) {
      throw new IllegalArgumentException("no role " + role + ", but one of " + ASCENDING);
    }
    return Set.copyOf(ASCENDING.subList(0, last + 1));
  }
}
