package io.holdfast.frontier.lifecycle;

/** Where a study stands. */
public enum StudyState {
  /** Something can still happen. */
  RUNNING,
  /** Every stage is trained and every evaluation is there. */
  COMPLETED,
  /** Some stage, or its scoring, failed; everything that does not depend on it is done. */
  FAILED,
  /** The user ended it. */
  CANCELLED
}
