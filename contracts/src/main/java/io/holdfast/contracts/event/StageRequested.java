package io.holdfast.contracts.event;

import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.stage.StageSpec;
import java.util.List;

/**
 * frontier-service wants a stage trained, or a trained stage evaluated on further held-out sets.
 * May be repeated: nothing is trained or evaluated twice.
 *
 * @param stageId hash of {@code spec}
 * @param spec what to train
 * @param evaluations held-out sets to evaluate the final checkpoint on
 * @param priority larger runs first
 * @param attempt counts the user's requests to train this stage, from 1; a failed stage is tried
 *     again only under a higher attempt
 */
public record StageRequested(
    String stageId, StageSpec spec, List<HeldOutSet> evaluations, int priority, int attempt)
    implements StageEvent {

  public StageRequested {
    evaluations = List.copyOf(evaluations);
  }
}
