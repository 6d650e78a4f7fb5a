package io.holdfast.frontier.access;

import io.holdfast.frontier.access.ApiTokens.Issued;
import io.holdfast.kit.security.Roles;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tokens for machines: issue, look, revoke. */
@Path("/api/tokens")
@RolesAllowed(Roles.ADMIN)
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "tokens")
public class TokensResource {

  private static final int USUAL_DAYS = 90;
  private static final int MOST_DAYS = 366;

  private final ApiTokens tokens;
  private final SecurityIdentity caller;

  @Inject
  TokensResource(ApiTokens tokens, SecurityIdentity caller) {
    this.tokens = tokens;
    this.caller = caller;
  }

  /**
   * Body of a request for a token.
   *
   * @param name what it is for
   * @param days how long it is good; 90 when absent
   */
  public record Wanted(
      @NotBlank @Size(max = 100) String name,
      @NotNull @Pattern(regexp = "viewer|runner|admin") String role,
      @Min(1) @Max(MOST_DAYS) Integer days) {}

  /**
   * What is known of a token.
   *
   * @param token the token itself, in the answer that issues it and never again
   * @param lastUsedAt to the minute, or null
   */
  public record TokenView(
      String id,
      String name,
      String role,
      String token,
      String createdBy,
      Instant createdAt,
      Instant expiresAt,
      Instant lastUsedAt) {

    static TokenView of(ApiTokenEntity entity, String token) {
      return new TokenView(
          entity.id,
          entity.name,
          entity.role,
          token,
          entity.createdBy,
          entity.createdAt,
          entity.expiresAt,
          entity.lastUsedAt);
    }
  }

  /** Issues a token. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Issue a token for a machine",
      description = "The answer has the token; it is stored as a hash, and never shown again.")
  @APIResponse(responseCode = "201", description = "Issued")
  public Response issue(@NotNull @Valid Wanted wanted) {
    int days = wanted.days() == null ? USUAL_DAYS : wanted.days();
    Issued issued =
        tokens.issue(
            wanted.name(), wanted.role(), Duration.ofDays(days), caller.getPrincipal().getName());
    return Response.created(URI.create("/api/tokens/" + issued.entity().id))
        .header("Cache-Control", "no-store")
        .entity(TokenView.of(issued.entity(), issued.token()))
        .build();
  }

  /** All tokens. */
  @GET
  @Operation(summary = "All tokens that are not revoked, the newest first")
  public List<TokenView> list() {
    return tokens.all().stream().map(entity -> TokenView.of(entity, null)).toList();
  }

  /** Revokes a token. */
  @DELETE
  @Path("/{id}")
  @Operation(summary = "Revoke a token, at once")
  @APIResponse(responseCode = "204", description = "It is not known any more")
  public void revoke(@PathParam("id") String id) {
    if (!tokens.revoke(id, caller.getPrincipal().getName())) {
      throw new NotFoundException("There is no token " + id + ".");
    }
  }
}
