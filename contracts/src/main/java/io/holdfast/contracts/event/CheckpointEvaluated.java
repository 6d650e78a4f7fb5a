package io.holdfast.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.LossResult;
import java.util.List;

/**
 * A checkpoint was scored on held-out data.
 *
 * @param stageId the checkpoint's stage
 * @param checkpoint artifact path of the checkpoint
 * @param sha256 of the checkpoint's weights
 * @param point which weights of the stage were scored; a probe's were made of the checkpoint's
 * @param step optimizer steps behind the checkpoint
 * @param results one for each held-out split
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
    List<LossResult> results)
    implements StageEvent {

  public CheckpointEvaluated {
    point = EvaluationPoint.orFinal(point);
    results = List.copyOf(results);
  }

  /** Scores of the checkpoint itself. */
  public CheckpointEvaluated(
      String stageId, String checkpoint, String sha256, long step, List<LossResult> results) {
    this(stageId, checkpoint, sha256, EvaluationPoint.FINAL, step, results);
  }
}
