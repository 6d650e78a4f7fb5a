package io.holdfast.kit.security;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.kit.problem.ProblemResponse;
import io.holdfast.kit.security.SecurityConfig.Mode;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Tells those who are not let in what they lack. The priorities override Quarkus' own answers. */
public class AccessProblems {

  @Inject SecurityConfig config;
  @Inject CurrentIdentityAssociation identities;

  /** 401: nobody knows who asks. */
  @ServerExceptionMapper
  @Priority(1)
  public Response nobody(UnauthorizedException nobody) {
    return unauthorized("token-missing", "This needs a token.");
  }

  /** 401: the token is wrong, or no longer good. */
  @ServerExceptionMapper
  @Priority(1)
  public Response unknown(AuthenticationFailedException unknown) {
    return unauthorized("token-refused", "The token is not known, or no longer good.");
  }

  /** 403: who asks is known, and may not. */
  @ServerExceptionMapper
  @Priority(1)
  public Uni<Response> forbidden(ForbiddenException forbidden, ResourceInfo resource) {
    String needed = role(resource).orElse(Roles.ADMIN);
    return identities.getDeferredIdentity().map(identity -> forbidden(identity, needed));
  }

  private static Response forbidden(SecurityIdentity identity, String needed) {
    return ProblemResponse.of(
        Response.Status.FORBIDDEN.getStatusCode(),
        Response.Status.FORBIDDEN.getReasonPhrase(),
        "urn:holdfast:problem:forbidden",
        "This needs the role %s.".formatted(needed),
        List.of(
            Problem.at(
                "role",
                "role-missing",
                String.join(", ", identity.getRoles().stream().sorted().toList()),
                "%s has not the role %s.".formatted(identity.getPrincipal().getName(), needed),
                "Ask an admin for a token with the role %s.".formatted(needed))));
  }

  private Response unauthorized(String code, String detail) {
    Response response =
        ProblemResponse.of(
            Response.Status.UNAUTHORIZED.getStatusCode(),
            Response.Status.UNAUTHORIZED.getReasonPhrase(),
            "urn:holdfast:problem:unauthorized",
            detail,
            List.of(Problem.at("Authorization", code, null, detail, remedy())));
    return Response.fromResponse(response).header(HttpHeaders.WWW_AUTHENTICATE, "Bearer").build();
  }

  private String remedy() {
    return config.mode() == Mode.LOCAL
        ? "Send the header Authorization: Bearer with what is in the file token of Holdfast's home;"
            + " in a browser, open the link that ./holdfast status shows."
        : "Send the header Authorization: Bearer with a token that an admin or the issuer gave you.";
  }

  private static Optional<String> role(ResourceInfo resource) {
    if (resource == null || resource.getResourceMethod() == null) {
      return Optional.empty();
    }
    RolesAllowed own = resource.getResourceMethod().getAnnotation(RolesAllowed.class);
    RolesAllowed all = resource.getResourceClass().getAnnotation(RolesAllowed.class);
    return Optional.ofNullable(own == null ? all : own).map(allowed -> allowed.value()[0]);
  }
}
