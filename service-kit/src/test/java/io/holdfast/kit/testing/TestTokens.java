package io.holdfast.kit.testing;

import io.holdfast.kit.security.Bearer;
import io.holdfast.kit.security.IssuedTokens;
import io.holdfast.kit.security.Roles;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** A token for each role, kept nowhere but here. All else of the way to an endpoint is real. */
@ApplicationScoped
public class TestTokens implements IssuedTokens {

  private static final String START = "hf_only-for-tests-0123456789-";

  /** The token with that role. */
  public static String of(String role) {
    return START + role;
  }

  @Override
  public Optional<Bearer> bearerOf(String token) {
    return Roles.ascending().stream()
        .filter(role -> token.equals(of(role)))
        .findFirst()
        .map(role -> new Bearer("test-" + role, role));
  }
}
