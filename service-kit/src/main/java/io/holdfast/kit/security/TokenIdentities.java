package io.holdfast.kit.security;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Says who shows a token of ours. */
@ApplicationScoped
public class TokenIdentities implements IdentityProvider<TokenRequest> {

  /** Marks identities whose roles are ours already. */
  static final String OURS = "holdfast.bearer";

  private final KnownTokens tokens;

  @Inject
  TokenIdentities(KnownTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public Class<TokenRequest> getRequestType() {
    return TokenRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      TokenRequest request, AuthenticationRequestContext context) {
    return tokens
        .given(request.token())
        .map(bearer -> Uni.createFrom().item(identity(bearer)))
        .orElseGet(() -> context.runBlocking(() -> identityOfIssued(request.token())));
  }

  private SecurityIdentity identityOfIssued(String token) {
    return tokens
        .issued(token)
        .map(TokenIdentities::identity)
        .orElseThrow(() -> new AuthenticationFailedException("the token is not known"));
  }

  /** Somebody with this role and all that it includes. */
  public static SecurityIdentity identity(Bearer bearer) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(bearer.name()))
        .addRoles(Roles.upTo(bearer.role()))
        .addAttribute(OURS, true)
        .build();
  }
}
