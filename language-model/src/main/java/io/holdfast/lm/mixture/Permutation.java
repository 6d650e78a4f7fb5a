package io.holdfast.lm.mixture;

import java.util.Objects;

/**
 * A seeded bijection of {@code [0, size)} that is evaluated at any point in O(1), without a table.
 *
 * <p>A balanced Feistel network over the next power of four permutes a slightly larger range; a
 * value that falls outside is permuted again until it falls inside ("cycle walking": Black and
 * Rogaway, Ciphers with Arbitrary Finite Domains, CT-RSA 2002). The range is below four times the
 * size, so fewer than four rounds are expected.
 */
public final class Permutation {

  private static final int ROUNDS = 8;

  /** Below this many bits per half, too few permutations are reachable to call the order random. */
  private static final int MIN_HALF_BITS = 2;

  private final long size;
  private final int halfBits;
  private final long halfMask;
  private final long[] roundKeys = new long[ROUNDS];

  /**
   * A permutation.
   *
   * @param size at least 1, at most 2^62
   * @param seed the run's seed
   * @param purpose numbers that tell this permutation from the seed's others
   */
  public Permutation(long size, long seed, long... purpose) {
    if (size < 1 || size > 1L << 62) {
      throw new IllegalArgumentException("a permutation has 1 to 2^62 elements: " + size);
    }
    this.size = size;
    int bits = Long.SIZE - Long.numberOfLeadingZeros(size - 1);
    this.halfBits = Math.max(MIN_HALF_BITS, (bits + 1) / 2);
    this.halfMask = (1L << halfBits) - 1;
    long key = mix(seed);
    for (long part : purpose) {
      key = mix(key ^ part);
    }
    for (int round = 0; round < ROUNDS; round++) {
      key = mix(key + round);
      roundKeys[round] = key;
    }
  }

  public long size() {
    return size;
  }

  /** The element at a position. */
  public long at(long position) {
    Objects.checkIndex(position, size);
    long value = position;
    do {
      value = permute(value);
    } while (value >= size);
    return value;
  }

  private long permute(long value) {
    long left = value >>> halfBits;
    long right = value & halfMask;
    for (long key : roundKeys) {
      long next = left ^ (mix(right ^ key) & halfMask);
      left = right;
      right = next;
    }
    return left << halfBits | right;
  }

  /** SplitMix64's step and finalizer (Steele, Lea and Flood, OOPSLA 2014). */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
