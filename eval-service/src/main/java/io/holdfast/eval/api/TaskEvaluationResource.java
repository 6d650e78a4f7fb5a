package io.holdfast.eval.api;

import io.holdfast.eval.persistence.TaskStore;
import io.holdfast.eval.persistence.TaskStore.PieceState;
import io.holdfast.eval.task.HarnessResults;
import io.holdfast.kit.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Scores on tasks. */
@Path("/api/evaluations/tasks")
@RolesAllowed(Roles.VIEWER)
@Tag(name = "evaluations")
class TaskEvaluationResource {

  private final TaskStore tasks;

  @Inject
  TaskEvaluationResource(TaskStore tasks) {
    this.tasks = tasks;
  }

  @GET
  @Operation(
      summary = "Pieces of work, each some weights on a task: what waits, and what is scored")
  public List<PieceState> pieces(@QueryParam("weights") String weights) {
    return tasks.pieces(weights);
  }

  @GET
  @Path("/{id}/results.json")
  @Operation(summary = "One piece's results in the layout of lm-evaluation-harness")
  public Map<String, Object> results(@PathParam("id") String id) {
    PieceState piece =
        tasks
            .piece(id)
            .filter(found -> found.result() != null)
            .orElseThrow(() -> new NotFoundException("There are no results of " + id + "."));
    return HarnessResults.of(piece.result(), piece.weights(), piece.checkpoint());
  }
}
