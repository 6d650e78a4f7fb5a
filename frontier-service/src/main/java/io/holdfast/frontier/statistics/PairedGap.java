package io.holdfast.frontier.statistics;

import java.util.List;

/**
 * The same quantity under two recipes, paired by seed.
 *
 * @param matchedAt the loss at which both recipes were read off, or null when nothing is matched
 * @param pairs every seed's values
 * @param baseline spread of the baseline's values over seeds
 * @param other spread of the other recipe's values over seeds
 * @param gap baseline − other over the paired seeds; positive when the other recipe's loss is lower
 */
public record PairedGap(
    Double matchedAt, List<SeedPair> pairs, Summary baseline, Summary other, Summary gap) {

  public PairedGap {
    pairs = List.copyOf(pairs);
  }

  /** Summarizes at least one pair. */
  public static PairedGap of(Double matchedAt, List<SeedPair> pairs) {
    return new PairedGap(
        matchedAt,
        pairs,
        Summary.of(pairs.stream().map(SeedPair::baseline).toList()),
        Summary.of(pairs.stream().map(SeedPair::other).toList()),
        Summary.of(pairs.stream().map(SeedPair::gap).toList()));
  }

  /** Whether all seeds agree which recipe has the lower loss. */
  public boolean sameSign() {
    return pairs.stream().allMatch(p -> p.gap() > 0) || pairs.stream().allMatch(p -> p.gap() < 0);
  }
}
