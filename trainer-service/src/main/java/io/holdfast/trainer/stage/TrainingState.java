package io.holdfast.trainer.stage;

import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StageFailed;
import io.holdfast.contracts.event.StagePrepared;

/**
 * What this service knows of a stage. A stage leaves {@link Failed} and {@link Cancelled} only
 * under a higher attempt, and {@link Trained} only when its checkpoint is lost or discarded.
 */
public sealed interface TrainingState {

  /** Nobody has asked for it here. */
  record Unknown() implements TrainingState {}

  /** Waits for a worker, or is being trained. */
  record Queued(StagePrepared prepared) implements TrainingState {}

  /** Its final checkpoint is published. */
  record Trained(StagePrepared prepared, StageCompleted completed) implements TrainingState {

    /** Asked for again: what was decided before that is void. */
    Trained asked(StagePrepared again) {
      return again.attempt() > prepared.attempt() ? new Trained(again, completed) : this;
    }
  }

  /** Cannot be trained. */
  record Failed(StageFailed failure) implements TrainingState {}

  /**
   * Nobody wants it any more.
   *
   * @param attempt the attempt that was cancelled, and all before it
   * @param discarding whether all that it has left is to be removed
   */
  record Cancelled(int attempt, boolean discarding) implements TrainingState {

    /** All that it left is removed. */
    public Cancelled discarded() {
      return new Cancelled(attempt, false);
    }
  }
}
