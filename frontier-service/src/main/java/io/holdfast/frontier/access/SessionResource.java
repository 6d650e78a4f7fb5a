package io.holdfast.frontier.access;

import io.holdfast.kit.security.Roles;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where the page shows the token of its link, once. */
@Path("/api/session")
@RolesAllowed(Roles.VIEWER)
@Tag(name = "tokens")
public class SessionResource {

  private final BrowserSessions sessions;

  @Inject
  SessionResource(BrowserSessions sessions) {
    this.sessions = sessions;
  }

  /** Signs a browser in. */
  @POST
  @Operation(
      summary = "Sign this browser in, to read",
      description =
          "Sent with a token; the answer's cookie then stands for it, with the role viewer. A cookie"
              + " cannot be exchanged for another.")
  @APIResponse(responseCode = "204", description = "Signed in")
  public Response open(@Context HttpServerRequest request) {
    NewCookie cookie =
        new NewCookie.Builder(SessionMechanism.cookieName(request))
            .value(sessions.open())
            .path("/")
            .maxAge(Math.toIntExact(sessions.life().toSeconds()))
            .httpOnly(true)
            .secure(request.isSSL())
            .sameSite(NewCookie.SameSite.STRICT)
            .build();
    return Response.noContent().cookie(cookie).build();
  }
}
