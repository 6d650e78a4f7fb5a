package io.holdfast.frontier.lifecycle;

import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import java.util.List;

/** Something that others must be told in the same transaction as the changes. */
public sealed interface Order {

  /** Ask for a stage, or for further evaluations, probes and tasks of it. */
  record RequestStage(
      String stageId,
      List<HeldOutSet> evaluations,
      List<Probe> probes,
      List<TaskEvaluation> tasks,
      int priority,
      int attempt)
      implements Order {
    public RequestStage {
      evaluations = List.copyOf(evaluations);
      probes = List.copyOf(probes);
      tasks = List.copyOf(tasks);
    }
  }

  /** Say that nobody wants a stage any more. */
  record CancelStage(String stageId, int attempt) implements Order {}

  /** Say that nobody needs a stage's checkpoints any more. */
  record CollectStage(String stageId, int attempt) implements Order {}

  /** Publish a study's points anew. */
  record UpdateFrontier(String studyId) implements Order {}
}
