package io.holdfast.lm.program;

/**
 * How attention is computed; the meaning is the same. {@link Processor#attention} says which stages
 * and evaluations take.
 */
public enum Attention {
  /**
   * Written out as matrix products over pieces of the queries. On CPUs the faster one in single
   * runs: blocks of SmolLM2-135M's shape trained in 82 % of the fused kernel's time at 1,024
   * tokens, about 40 % at 2,048 and 30 % at 4,096, in less memory.
   */
  PLAIN,
  /** libtorch's fused kernel, for devices that have a good one. */
  FUSED
}
