package io.holdfast.lm.program;

/** How attention is computed; the meaning is the same. */
public enum Attention {
  /** Written out as matrix products: the faster one on CPUs at short context. */
  PLAIN,
  /** libtorch's fused kernel: the one for GPUs and long context, where T² scores do not fit. */
  FUSED
}
