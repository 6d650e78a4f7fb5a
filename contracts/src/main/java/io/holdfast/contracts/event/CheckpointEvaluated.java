package io.holdfast.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.LossResult;
import io.holdfast.contracts.evaluation.TaskResult;
import java.util.List;

/**
 * A checkpoint was scored on held-out data, or on tasks.
 *
 * @param stageId the checkpoint's stage
 * @param checkpoint artifact path of the checkpoint
 * @param sha256 of the checkpoint's weights
 * @param point which weights of the stage were scored; a probe's were made of the checkpoint's
 * @param step optimizer steps behind the checkpoint
 * @param results one for each held-out split; all of them come at once
 * @param taskResults one for each task that is done; each comes when it is
 */
public record CheckpointEvaluated(
    String stageId,
    String checkpoint,
    String sha256,
    @JsonInclude(
            value = JsonInclude.Include.CUSTOM,
            valueFilter = EvaluationPoint.UnsaidFinal.class)
        EvaluationPoint point,
    long step,
    List<LossResult> results,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TaskResult> taskResults)
    implements StageEvent {

  public CheckpointEvaluated {
    point = EvaluationPoint.orFinal(point);
    results = List.copyOf(results);
    taskResults = taskResults == null ? List.of() : List.copyOf(taskResults);
  }
}
