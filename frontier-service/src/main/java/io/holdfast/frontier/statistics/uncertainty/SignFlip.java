package io.holdfast.frontier.statistics.uncertainty;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Fisher's randomisation test of paired differences: under the null hypothesis each difference is
 * as likely with the other sign. Exact up to {@value #EXACT} values, drawn beyond.
 */
final class SignFlip {

  static final int EXACT = 16;

  private static final int DRAWS = 1 << EXACT;

  /** Sums that differ by rounding only are equal. */
  private static final double ROUNDING = 1e-12;

  private SignFlip() {}

  static double twoSided(double[] values, Resampling resampling) {
    double scale = Arrays.stream(values).map(Math::abs).sum();
    double observed = Math.abs(Arrays.stream(values).sum()) - ROUNDING * scale;
    return values.length <= EXACT
        ? exact(values, observed)
        : drawn(values, observed, new SplittableRandom(resampling.seed()));
  }

  private static double exact(double[] values, double observed) {
    int patterns = 1 << values.length;
    int asFar = 0;
    for (int pattern = 0; pattern < patterns; pattern++) {
      asFar += Math.abs(sum(values, pattern)) >= observed ? 1 : 0;
    }
    return (double) asFar / patterns;
  }

  private static double sum(double[] values, long signs) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += (signs >> i & 1) == 0 ? values[i] : -values[i];
    }
    return sum;
  }

  /** The pattern at hand counts as one of the draws, so that the p value is never too small. */
  private static double drawn(double[] values, double observed, SplittableRandom random) {
    int asFar = 1;
    for (int draw = 1; draw < DRAWS; draw++) {
      double sum = 0;
      for (double value : values) {
        sum += random.nextBoolean() ? value : -value;
      }
      asFar += Math.abs(sum) >= observed ? 1 : 0;
    }
    return (double) asFar / DRAWS;
  }
}
