package io.holdfast.frontier.statistics.verdict;

import io.holdfast.frontier.statistics.uncertainty.Estimate;
import java.util.Arrays;

/** One-sided p values of compound statements; null as soon as a part has one seed only. */
final class OneSided {

  private OneSided() {}

  /** Equivalence (two one-sided tests, Schuirmann 1987): the mean lies within ± the margin. */
  static Double within(Estimate estimate, double margin) {
    return all(estimate.pAbove(-margin), estimate.pBelow(margin));
  }

  /** The mean lies outside ± the margin. */
  static Double outside(Estimate estimate, double margin) {
    return estimate.n() < 2
        ? null
        : (Double) Math.min(estimate.pAbove(margin), estimate.pBelow(-margin));
  }

  /** All statements hold (intersection-union: the largest p value needs no correction). */
  static Double all(Double... parts) {
    return anyNull(parts)
        ? null
        : (Double) Arrays.stream(parts).mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /** At least one statement holds (Bonferroni). */
  static Double any(Double... parts) {
    return anyNull(parts)
        ? null
        : (Double)
            Math.min(
                1,
                parts.length
                    * Arrays.stream(parts).mapToDouble(Double::doubleValue).min().orElseThrow());
  }

  private static boolean anyNull(Double... parts) {
    return Arrays.stream(parts).anyMatch(p -> p == null);
  }
}
