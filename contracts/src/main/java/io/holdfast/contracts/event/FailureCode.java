package io.holdfast.contracts.event;

/** Why a stage, or the scoring of its checkpoint, failed. */
public enum FailureCode {
  /** A corpus or tokenizer is unusable, or has fewer tokens than the mixture needs. */
  DATA_UNUSABLE,
  /** The loss or a gradient is no longer a finite number. */
  LOSS_NOT_FINITE,
  OUT_OF_MEMORY,
  /** The parent's checkpoint is missing or fails its checksum. */
  PARENT_UNUSABLE,
  /**
   * A published checkpoint, or a file that scoring it needs, is missing or not what was published.
   */
  CHECKPOINT_UNUSABLE,
  /** A task, or what its service says, cannot be used as the study asks. */
  TASK_UNUSABLE,
  /** Storage refused a write. */
  STORAGE,
  /** The work crashed its worker or failed unexpectedly too often. */
  WORKER_CRASHED
}
