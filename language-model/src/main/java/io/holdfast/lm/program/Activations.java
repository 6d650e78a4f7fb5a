package io.holdfast.lm.program;

/** What a block leaves behind for its backward pass. */
public enum Activations {
  /** The inputs of every operation. */
  KEPT,
  /**
   * Its input alone: it is computed again when its gradients are due (Chen et al., arXiv
   * 1604.06174). A third more work, and memory for one block instead of all.
   */
  RECOMPUTED
}
