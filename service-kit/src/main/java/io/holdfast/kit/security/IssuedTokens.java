package io.holdfast.kit.security;

import java.util.Optional;

/** Tokens that were made while the system runs. A service that keeps some has a bean of this. */
public interface IssuedTokens {

  /** Whose a token is, unless it is unknown, revoked or expired. May block. */
  Optional<Bearer> bearerOf(String token);
}
