package io.holdfast.contracts.corpus;

/** Which tokens of a corpus's documents a model is to learn to predict. */
public enum LossScope {
  /** All of them. */
  ALL,
  /** Those of completions, and of the assistant's turns in conversations; the rest is context. */
  COMPLETION
}
