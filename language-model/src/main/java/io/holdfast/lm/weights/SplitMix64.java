package io.holdfast.lm.weights;

/** SplitMix64's finalizer (Steele, Lea and Flood, OOPSLA 2014): near seeds become far ones. */
public final class SplitMix64 {

  /** What the generator's state grows by, 2^64 divided by the golden ratio. */
  static final long INCREMENT = 0x9E3779B97F4A7C15L;

  private SplitMix64() {}

  /** A bijection of 64 bits. */
  public static long mix(long value) {
    long z = value + INCREMENT;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
