package io.holdfast.lm.weights;

import java.nio.FloatBuffer;

/** SplitMix64's numbers. Strict arithmetic: a seed means the same numbers on every machine. */
public final class UniformNumbers {

  private static final double UNIT = 0x1p-53;

  private long state;

  public UniformNumbers(long seed) {
    this.state = seed;
  }

  /** The next number in [0, 1). */
  public double next() {
    state += SplitMix64.INCREMENT;
    return (SplitMix64.mix(state) >>> 11) * UNIT;
  }

  /** Fills the rest of a buffer with numbers in [-bound, bound). */
  public void fill(FloatBuffer values, double bound) {
    while (values.hasRemaining()) {
      values.put((float) (bound * (2 * next() - 1)));
    }
  }
}
