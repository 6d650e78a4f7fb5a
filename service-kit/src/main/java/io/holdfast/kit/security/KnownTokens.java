package io.holdfast.kit.security;

import io.holdfast.contracts.access.AccessToken;
import io.holdfast.kit.security.SecurityConfig.Mode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Optional;

/** The tokens of this service: those it was given, and those that were made since. */
@ApplicationScoped
public class KnownTokens {

  private static final Bearer OPERATOR = new Bearer("operator", Roles.ADMIN);
  private static final Bearer SERVICE = new Bearer("service", Roles.RUNNER);

  private final Instance<IssuedTokens> issued;
  private final boolean elsewhereToo;
  private final Optional<String> admin;
  private final String service;

  @Inject
  KnownTokens(SecurityConfig config, @Any Instance<IssuedTokens> issued) {
    this.issued = issued;
    this.elsewhereToo = config.mode() == Mode.OIDC;
    this.admin =
        config.mode() == Mode.LOCAL
            ? Optional.of(config.token().orElseGet(() -> TokenFile.readOrMake(config.tokenFile())))
            : config.token();
    this.service = config.serviceToken().or(() -> admin).orElse(null);
  }

  /** What this service shows another. */
  public String service() {
    return service;
  }

  /** Whose an operator's token is; empty for any other. Does not block. */
  Optional<Bearer> given(String token) {
    if (admin.filter(known -> Token.same(known, token)).isPresent()) {
      return Optional.of(OPERATOR);
    }
    return service != null && Token.same(service, token) ? Optional.of(SERVICE) : Optional.empty();
  }

  /** Whose a token is that was made since. May block. */
  Optional<Bearer> issued(String token) {
    return issued.stream().flatMap(tokens -> tokens.bearerOf(token).stream()).findFirst();
  }

  /** Whether a token is for us to judge, and not for an issuer elsewhere. */
  boolean judges(String token) {
    return !elsewhereToo || token.startsWith(AccessToken.PREFIX) || given(token).isPresent();
  }
}
