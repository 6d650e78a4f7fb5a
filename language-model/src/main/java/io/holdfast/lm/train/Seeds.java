package io.holdfast.lm.train;

/**
 * Independent seeds for the purposes of one run, by SplitMix64's finalizer (Steele, Lea and Flood,
 * OOPSLA 2014).
 */
final class Seeds {

  private static final long WEIGHTS = 1;
  private static final long DROPOUT = 2;

  /** The program takes seeds as fp64, which holds integers of this many bits. */
  private static final int DROPOUT_BITS = 53;

  private Seeds() {}

  /** Seed of one tensor's initial values. */
  static long weights(long runSeed, int tensor) {
    return mix(mix(mix(runSeed) ^ WEIGHTS) ^ tensor);
  }

  /** Seed of the dropout masks of one call. */
  static long dropout(long runSeed, long step, int microBatch) {
    return mix(mix(mix(mix(runSeed) ^ DROPOUT) ^ step) ^ microBatch) >>> Long.SIZE - DROPOUT_BITS;
  }

  static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
