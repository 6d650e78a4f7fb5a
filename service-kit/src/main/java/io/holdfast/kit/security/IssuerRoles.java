package io.holdfast.kit.security;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * Gives those who come with an issuer's token our roles for the issuer's names, and no other: a
 * name that means something elsewhere means nothing here.
 */
@ApplicationScoped
public class IssuerRoles implements SecurityIdentityAugmentor {

  private final Map<String, Set<String>> namesByRole;

  @Inject
  IssuerRoles(SecurityConfig config) {
    SecurityConfig.Names names = config.roles();
    this.namesByRole =
        Map.of(
            Roles.VIEWER, names.viewer(), Roles.RUNNER, names.runner(), Roles.ADMIN, names.admin());
  }

  @Override
  public Uni<SecurityIdentity> augment(
      SecurityIdentity identity, AuthenticationRequestContext context) {
    boolean issuers =
        !identity.isAnonymous() && identity.getAttribute(TokenIdentities.OURS) == null;
    return Uni.createFrom().item(issuers ? translated(identity) : identity);
  }

  private SecurityIdentity translated(SecurityIdentity identity) {
    QuarkusSecurityIdentity.Builder ours =
        QuarkusSecurityIdentity.builder()
            .setPrincipal(identity.getPrincipal())
            .addCredentials(identity.getCredentials())
            .addAttributes(identity.getAttributes());
    namesByRole.forEach(
        (role, names) -> {
          if (!Collections.disjoint(names, identity.getRoles())) {
            ours.addRoles(Roles.upTo(role));
          }
        });
    return ours.build();
  }
}
