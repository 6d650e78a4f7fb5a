package io.holdfast.lm.program;

import io.holdfast.contracts.stage.Optimization.Dropout;

/** How attention is computed; the meaning is the same. */
public enum Attention {
  /** Written out as matrix products: the faster one on CPUs at short context. */
  PLAIN,
  /** libtorch's fused kernel: T² scores per head are never stored. */
  FUSED;

  /**
   * From this length on the fused kernel is as fast on CPUs (measured at width 256: 4,000 tokens/s
   * either way at 1,024; 30 % slower at 128), and its memory grows with T instead of T².
   */
  private static final int FUSED_FROM = 1024;

  /**
   * The better one for a length. With dropout on the scores the fused kernel would store them after
   * all, and draw from the process's own generator.
   *
   * @param sequenceLength T
   */
  public static Attention forLength(int sequenceLength, Dropout dropout) {
    return sequenceLength >= FUSED_FROM && dropout.attention() == 0 ? FUSED : PLAIN;
  }
}
