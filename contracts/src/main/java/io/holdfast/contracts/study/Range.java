package io.holdfast.contracts.study;

import java.math.BigDecimal;

/**
 * Numbers that a key may have.
 *
 * @param low smallest
 * @param lowIncluded whether {@code low} itself is allowed
 * @param high largest
 * @param highIncluded whether {@code high} itself is allowed
 * @param whole whether only whole numbers are allowed
 * @param remedy what would be right, one sentence
 */
record Range(
    BigDecimal low,
    boolean lowIncluded,
    BigDecimal high,
    boolean highIncluded,
    boolean whole,
    String remedy) {

  /** A share of a whole, both ends allowed. */
  static final Range UNIT = closed(0, 1);

  /** A probability below one. */
  static final Range BELOW_ONE =
      new Range(
          BigDecimal.ZERO,
          true,
          BigDecimal.ONE,
          false,
          false,
          "Give a number of at least 0 and below 1.");

  static Range closed(double low, double high) {
    return new Range(
        BigDecimal.valueOf(low),
        true,
        BigDecimal.valueOf(high),
        true,
        false,
        "Give a number from %s to %s.".formatted(spell(low), spell(high)));
  }

  /** Above zero. */
  static Range positive(double high) {
    return new Range(
        BigDecimal.ZERO,
        false,
        BigDecimal.valueOf(high),
        true,
        false,
        "Give a number above 0 and at most %s.".formatted(spell(high)));
  }

  static Range whole(long low, long high) {
    return new Range(
        BigDecimal.valueOf(low),
        true,
        BigDecimal.valueOf(high),
        true,
        true,
        "Give a whole number from %d to %d.".formatted(low, high));
  }

  boolean contains(BigDecimal number) {
    int below = number.compareTo(low);
    int above = number.compareTo(high);
    return (lowIncluded ? below >= 0 : below > 0)
        && (highIncluded ? above <= 0 : above < 0)
        && (!whole || number.stripTrailingZeros().scale() <= 0);
  }

  private static String spell(double bound) {
    return bound == Math.rint(bound) && bound < 1e15
        ? String.valueOf((long) bound)
        : String.valueOf(bound);
  }
}
