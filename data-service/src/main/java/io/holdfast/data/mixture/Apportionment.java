package io.holdfast.data.mixture;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides a whole number in given proportions by the largest-remainder method (Hamilton): shares
 * sum to the total exactly, and each differs from its quota by less than one. Of equal remainders
 * the first is rounded up.
 */
final class Apportionment {

  private Apportionment() {}

  /** Shares in proportion to weights that are positive, or not negative with a positive sum. */
  static long[] of(long total, List<BigDecimal> weights) {
    long[] shares = new long[weights.size()];
    if (weights.isEmpty() || total == 0) {
      return shares;
    }
    BigDecimal sum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal[] remainders = new BigDecimal[weights.size()];
    long left = total;
    for (int i = 0; i < shares.length; i++) {
      BigDecimal[] quota =
          weights.get(i).multiply(BigDecimal.valueOf(total)).divideAndRemainder(sum);
      shares[i] = quota[0].longValueExact();
      remainders[i] = quota[1];
      left -= shares[i];
    }
    IntStream.range(0, shares.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> remainders[i]).reversed())
        .limit(left)
        .forEach(i -> shares[i]++);
    return shares;
  }

  static long[] ofWeights(long total, List<Double> weights) {
    return of(total, weights.stream().map(BigDecimal::new).toList());
  }

  /** {@code floor(value · numerator / denominator)} without overflow. */
  static long scale(long value, long numerator, long denominator) {
    return BigInteger.valueOf(value)
        .multiply(BigInteger.valueOf(numerator))
        .divide(BigInteger.valueOf(denominator))
        .longValueExact();
  }

  /** {@code value · factor}, rounded half up; exact in the factor's binary value. */
  static long product(long value, double factor) {
    return BigDecimal.valueOf(value)
        .multiply(new BigDecimal(factor))
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  /** {@code value / divisor}, rounded half up. */
  static long quotient(long value, BigDecimal divisor) {
    return BigDecimal.valueOf(value)
        .divide(divisor, MathContext.DECIMAL128)
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }
}
