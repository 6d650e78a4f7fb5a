package io.holdfast.kit.security;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** An endpoint for each case. */
@Path("/guarded")
public class GuardedResource {

  @Inject SecurityIdentity caller;

  @GET
  @Path("/viewer")
  @RolesAllowed(Roles.VIEWER)
  public String viewer() {
    return caller.getPrincipal().getName();
  }

  @POST
  @Path("/runner")
  @RolesAllowed(Roles.RUNNER)
  public String runner() {
    return caller.getPrincipal().getName();
  }

  @POST
  @Path("/admin")
  @RolesAllowed(Roles.ADMIN)
  public String admin() {
    return caller.getPrincipal().getName();
  }

  /** Whoever wrote this forgot to say who may. */
  @GET
  @Path("/forgotten")
  public String forgotten() {
    return "for everybody?";
  }
}
