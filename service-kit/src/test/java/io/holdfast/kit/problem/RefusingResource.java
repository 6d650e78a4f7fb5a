package io.holdfast.kit.problem;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.kit.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;

/** Refuses in every way that a resource can. */
@Path("/refusing")
@RolesAllowed(Roles.VIEWER)
public class RefusingResource {

  record Body(int someNumber) {}

  @POST
  public Body echo(Body body) {
    return body;
  }

  @GET
  @Path("/invalid")
  public String invalid() {
    throw new InvalidInputException(
        List.of(
            Problem.at("corpora.a", "unknown-corpus", "a", "There is no corpus a.", "Use b."),
            Problem.at("seeds", "missing", null, "There are no seeds.", "Give at least one.")));
  }

  @GET
  @Path("/missing")
  public String missing() {
    throw new NotFoundException("There is no study x.");
  }
}
