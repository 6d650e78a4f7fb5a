package io.holdfast.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import java.util.Objects;

/**
 * A checkpoint cannot be scored on what was asked of it. Repeating {@link CheckpointPublished} asks
 * again.
 *
 * @param stageId the checkpoint's stage
 * @param checkpoint artifact path of the checkpoint
 * @param sha256 of the checkpoint's weights
 * @param point which weights of the stage were to be scored
 * @param task what they were to be scored on; null for the held-out sets
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
    TaskEvaluation task,
    FailureCode code,
    String message,
    String remedy)
    implements StageEvent {

  public EvaluationFailed {
    point = EvaluationPoint.orFinal(point);
  }

  /** Whether both are about one point and one task, or its held-out sets; the later one counts. */
  public boolean isAboutTheSameAs(EvaluationFailed other) {
    return point.equals(other.point) && Objects.equals(task, other.task);
  }
}
