package io.holdfast.contracts.event;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.mixture.MixturePlan;
import io.holdfast.contracts.stage.StageSpec;
import java.util.List;

/**
 * A stage's data is ready.
 *
 * @param stageId which stage
 * @param spec what to train
 * @param plan the exact data order
 * @param tokenizer artifact path of the {@code tokenizer.json}
 * @param dev dev split for early stopping, or null
 * @param fisher dev split that the spec's Fisher diagonal is measured on, or null
 * @param evaluations test splits to evaluate the final checkpoint on
 * @param priority larger runs first
 * @param attempt as in {@link StageRequested}
 */
public record StagePrepared(
    String stageId,
    StageSpec spec,
    MixturePlan plan,
    String tokenizer,
    HeldOutShard dev,
    HeldOutShard fisher,
    List<HeldOutShard> evaluations,
    int priority,
    int attempt)
    implements StageEvent {

  public StagePrepared {
    evaluations = List.copyOf(evaluations);
  }
}
