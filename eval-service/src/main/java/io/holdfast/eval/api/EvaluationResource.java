package io.holdfast.eval.api;

import io.holdfast.eval.persistence.EvaluationStore;
import io.holdfast.kit.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the evaluators do. */
@Path("/api/evaluations")
@RolesAllowed(Roles.VIEWER)
@Tag(name = "evaluations")
class EvaluationResource {

  private final EvaluationStore evaluations;

  @Inject
  EvaluationResource(EvaluationStore evaluations) {
    this.evaluations = evaluations;
  }

  @GET
  @Operation(summary = "How many checkpoints wait for scores, and how many cannot be scored")
  public EvaluationStore.Backlog backlog() {
    return evaluations.backlog();
  }
}
