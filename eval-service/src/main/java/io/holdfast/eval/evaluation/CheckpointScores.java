package io.holdfast.eval.evaluation;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.evaluation.LossResult;
import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.event.CheckpointPublished;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is asked of a checkpoint and what is known. Pure. */
public final class CheckpointScores {

  private CheckpointScores() {}

  /** The held-out sets of all requests whose scores are not known, each once. */
  public static List<HeldOutShard> missing(
      List<EvaluationRequest> requests, Set<EvaluationKey> known) {
    Set<EvaluationKey> seen = new LinkedHashSet<>(known);
    List<HeldOutShard> missing = new ArrayList<>();
    for (EvaluationRequest request : requests) {
      for (HeldOutShard set : request.checkpoint().evaluations()) {
        if (seen.add(EvaluationKey.of(request, set))) {
          missing.add(set);
        }
      }
    }
    return missing;
  }

  /** The answer to a request, once every score it asks for is known. */
  public static Optional<CheckpointEvaluated> answer(
      EvaluationRequest request, Map<EvaluationKey, LossResult> known) {
    List<LossResult> results = new ArrayList<>();
    for (HeldOutShard set : request.checkpoint().evaluations()) {
      LossResult result = known.get(EvaluationKey.of(request, set));
      if (result == null) {
        return Optional.empty();
      }
      results.add(result);
    }
    CheckpointPublished checkpoint = request.checkpoint();
    return Optional.of(
        new CheckpointEvaluated(
            checkpoint.stageId(),
            checkpoint.checkpoint(),
            checkpoint.sha256(),
            request.point(),
            checkpoint.step(),
            results,
            List.of()));
  }
}
