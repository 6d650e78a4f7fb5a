package io.holdfast.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.holdfast.contracts.evaluation.EvaluationPoint;

/**
 * A checkpoint cannot be scored on what was asked of it. Repeating {@link CheckpointPublished} asks
 * again.
 *
 * @param stageId the checkpoint's stage
 * @param checkpoint artifact path of the checkpoint
 * @param sha256 of the checkpoint's weights
 * @param point which weights of the stage were to be scored
 * @param code what kind of failure
 * @param message what happened, with the value and place
 * @param remedy what would help
 */
public record EvaluationFailed(
    String stageId,
    String checkpoint,
    String sha256,
    @JsonInclude(
            value = JsonInclude.Include.CUSTOM,
            valueFilter = EvaluationPoint.UnsaidFinal.class)
        EvaluationPoint point,
    FailureCode code,
    String message,
    String remedy)
    implements StageEvent {

  public EvaluationFailed {
    point = EvaluationPoint.orFinal(point);
  }

  /** The checkpoint itself cannot be scored. */
  public EvaluationFailed(
      String stageId,
      String checkpoint,
      String sha256,
      FailureCode code,
      String message,
      String remedy) {
    this(stageId, checkpoint, sha256, EvaluationPoint.FINAL, code, message, remedy);
  }
}
