package io.holdfast.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.evaluation.TaskEvaluation;
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
 * @param evaluations test splits to evaluate the checkpoints on
 * @param probes weights to make of the final checkpoint and to evaluate on the same
 * @param tasks tasks to score the checkpoints and their interpolations on
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
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Probe> probes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TaskEvaluation> tasks,
    int priority,
    int attempt)
    implements StageEvent {

  public StagePrepared {
    evaluations = List.copyOf(evaluations);
    probes = probes == null ? List.of() : List.copyOf(probes);
    tasks = tasks == null ? List.of() : List.copyOf(tasks);
  }
}
