package io.holdfast.trainer.api;

import io.holdfast.kit.security.Roles;
import io.holdfast.trainer.persistence.StageStore;
import io.holdfast.trainer.training.CurrentStage;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What this process does. */
@Path("/api/stages")
@RolesAllowed(Roles.VIEWER)
@Tag(name = "stages")
class StageResource {

  private final StageStore stages;
  private final CurrentStage current;

  @Inject
  StageResource(StageStore stages, CurrentStage current) {
    this.stages = stages;
    this.current = current;
  }

  /**
   * The answer.
   *
   * @param training the stage that this process trains, absent when it waits
   * @param queued stages that wait or are trained in any trainer
   */
  record Stages(CurrentStage.Training training, long queued) {}

  @GET
  @Operation(summary = "The stage that this trainer works on, and how many are queued in all")
  public Stages stages() {
    return new Stages(current.training().orElse(null), stages.queued());
  }
}
