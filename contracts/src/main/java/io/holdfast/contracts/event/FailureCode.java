package io.holdfast.contracts.event;

/** Why a stage failed. */
public enum FailureCode {
  /** A corpus or tokenizer is unusable, or has fewer tokens than the mixture needs. */
  DATA_UNUSABLE,
  /** The loss or a gradient is no longer a finite number. */
  LOSS_NOT_FINITE,
  OUT_OF_MEMORY,
  /** The parent's checkpoint is missing or fails its checksum. */
  PARENT_UNUSABLE,
  /** Storage refused a write. */
  STORAGE,
  /** The stage crashed its worker or failed unexpectedly too often. */
  WORKER_CRASHED
}
