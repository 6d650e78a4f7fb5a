package io.holdfast.frontier.report;

import io.holdfast.frontier.statistics.PairedGap;
import java.util.List;

/**
 * What the seeds, together, allow to say about a difference along a front. A matched value is
 * <em>clear</em> when all seeds agree in direction there and the 95 % interval excludes zero.
 */
enum Evidence {
  /** Clear at every matched value, in one direction. */
  CLEAR,
  /** Clear at some matched values, in one direction; open at the others. */
  PARTLY_CLEAR,
  /** Clear in one direction at some matched values and in the other at others. */
  CROSSING,
  /** Clear nowhere, but every seed has the same direction everywhere. */
  CONSISTENT,
  /** One seed, one direction everywhere: no spread is known. */
  SINGLE,
  /** Seeds or matched values contradict each other. */
  MIXED;

  /** The evidence of at least one matched value. */
  static Evidence of(List<PairedGap> gaps) {
    long more = gaps.stream().filter(gap -> isClear(gap) && gap.gap().mean() > 0).count();
    long less = gaps.stream().filter(gap -> isClear(gap) && gap.gap().mean() < 0).count();
    if (more > 0 && less > 0) {
      return CROSSING;
    }
    if (more + less > 0) {
      return more + less == gaps.size() ? CLEAR : PARTLY_CLEAR;
    }
    boolean oneDirection =
        gaps.stream().allMatch(PairedGap::sameSign)
            && gaps.stream().map(gap -> gap.gap().mean() > 0).distinct().count() == 1;
    if (!oneDirection) {
      return MIXED;
    }
    return gaps.getFirst().gap().n() == 1 ? SINGLE : CONSISTENT;
  }

  /** Whether one matched value is clear. */
  static boolean isClear(PairedGap gap) {
    return gap.sameSign() && gap.gap().excludesZero();
  }

  /** Whether there is one direction that may be named. */
  boolean hasDirection() {
    return this == CLEAR || this == PARTLY_CLEAR || this == CONSISTENT || this == SINGLE;
  }

  /** How sure one may be, as sentences about matched values of the given symbol. */
  String confidence(List<PairedGap> gaps, String symbol) {
    String seeds = Wording.seeds(gaps.getFirst().gap().n());
    return switch (this) {
      case CLEAR ->
          "All %s agree at every matched %s, and the 95 %% intervals exclude zero."
              .formatted(seeds, symbol);
      case PARTLY_CLEAR ->
          "All %s agree and the 95 %% interval excludes zero at %s %s; elsewhere the difference cannot be told from the spread between seeds."
              .formatted(seeds, symbol, clearValues(gaps));
      case CROSSING ->
          "The fronts cross: at some matched %s one recipe is better and at others the other, each beyond the spread between seeds."
              .formatted(symbol);
      case CONSISTENT ->
          "All %s agree in direction, but no 95 %% interval excludes zero: %s do not settle it."
              .formatted(seeds, seeds);
      case SINGLE ->
          "With one seed the spread between seeds is unknown; read this as one observation.";
      case MIXED ->
          "The seeds disagree, or the sign changes along the front, so no direction can be claimed.";
    };
  }

  private static String clearValues(List<PairedGap> gaps) {
    return gaps.stream()
        .filter(Evidence::isClear)
        .map(gap -> Numbers.loss(gap.matchedAt()))
        .collect(java.util.stream.Collectors.joining(", "));
  }
}
