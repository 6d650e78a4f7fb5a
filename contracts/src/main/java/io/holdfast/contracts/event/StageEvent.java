package io.holdfast.contracts.event;

/**
 * What happened, or should happen, to a stage. The set is closed; each permitted record is the data
 * of one CloudEvents type on one topic, keyed by stage id.
 */
public sealed interface StageEvent extends HoldfastEvent
    permits StageRequested,
        StagePrepared,
        StageProgressed,
        CheckpointPublished,
        CheckpointEvaluated,
        EvaluationFailed,
        StageCompleted,
        StageFailed,
        StageCancelled,
        StageWaiting {

  /** Which stage. */
  String stageId();

  @Override
  default String key() {
    return stageId();
  }
}
