package io.holdfast.data.corpus;

/** What a document is for. */
public enum Split {
  /** Trained on. */
  TRAIN,
  /** Early stopping. */
  DEV,
  /** Reported results, and nothing else. */
  TEST
}
