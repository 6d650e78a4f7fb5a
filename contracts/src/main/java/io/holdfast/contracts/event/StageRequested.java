package io.holdfast.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.stage.StageSpec;
import java.util.List;

/**
 * frontier-service wants a stage trained, or a trained stage evaluated on further held-out sets.
 * May be repeated: nothing is trained or evaluated twice.
 *
 * @param stageId hash of {@code spec}
 * @param spec what to train
 * @param evaluations held-out sets to evaluate the checkpoints on
 * @param probes weights to make of the final checkpoint and to evaluate on the same
 * @param tasks tasks to score the checkpoints and their interpolations on
 * @param priority larger runs first
 * @param attempt counts the user's requests to train this stage, from 1; a failed stage is tried
 *     again only under a higher attempt
 */
public record StageRequested(
    String stageId,
    StageSpec spec,
    List<HeldOutSet> evaluations,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Probe> probes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TaskEvaluation> tasks,
    int priority,
    int attempt)
    implements StageEvent {

  public StageRequested {
    evaluations = List.copyOf(evaluations);
    probes = probes == null ? List.of() : List.copyOf(probes);
    tasks = tasks == null ? List.of() : List.copyOf(tasks);
  }
}
