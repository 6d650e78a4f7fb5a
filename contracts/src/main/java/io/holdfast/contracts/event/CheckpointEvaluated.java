package io.holdfast.contracts.event;

import io.holdfast.contracts.evaluation.LossResult;
import java.util.List;

/**
 * A checkpoint was scored on held-out data.
 *
 * @param stageId the checkpoint's stage
 * @param checkpoint artifact path of the checkpoint
 * @param sha256 of the weights that were scored
 * @param step optimizer steps behind the checkpoint
 * @param results one for each held-out split
 */
public record CheckpointEvaluated(
    String stageId, String checkpoint, String sha256, long step, List<LossResult> results)
    implements StageEvent {

  public CheckpointEvaluated {
    results = List.copyOf(results);
  }
}
