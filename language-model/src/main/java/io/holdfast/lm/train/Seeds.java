package io.holdfast.lm.train;

import io.holdfast.lm.weights.SplitMix64;

/** Independent seeds for the purposes of one run. */
final class Seeds {

  private static final long WEIGHTS = 1;
  private static final long DROPOUT = 2;
  private static final long ADAPTERS = 3;

  /** The program takes seeds as fp64, which holds integers of this many bits. */
  private static final int DROPOUT_BITS = 53;

  private Seeds() {}

  /** Seed of one tensor's initial values. */
  static long weights(long runSeed, int tensor) {
    return mix(mix(mix(runSeed) ^ WEIGHTS) ^ tensor);
  }

  /** Seed of one adapter's initial values. */
  static long adapters(long runSeed, int tensor) {
    return mix(mix(mix(runSeed) ^ ADAPTERS) ^ tensor);
  }

  /** Seed of the dropout masks of one call. */
  static long dropout(long runSeed, long step, int microBatch) {
    return mix(mix(mix(mix(runSeed) ^ DROPOUT) ^ step) ^ microBatch) >>> Long.SIZE - DROPOUT_BITS;
  }

  private static long mix(long value) {
    return SplitMix64.mix(value);
  }
}
