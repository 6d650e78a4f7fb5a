package io.holdfast.contracts.stage;

/** The three stages of the pipeline, in order. */
public enum StageKind {
  PRETRAIN,
  POST_TRAIN,
  FINE_TUNE
}
