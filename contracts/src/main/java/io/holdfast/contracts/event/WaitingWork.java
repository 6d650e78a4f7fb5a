package io.holdfast.contracts.event;

/** Work on a stage that can wait for a task. */
public enum WaitingWork {
  /** Its training documents are not here yet. */
  PREPARATION,
  /** Its checkpoints cannot be scored on the task. */
  EVALUATION
}
