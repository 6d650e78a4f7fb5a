package io.holdfast.frontier.recommendation;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A candidate against the one with the lowest mean, over paired seeds.
 *
 * <p>Differences are tested twice: with each seed read where the other seeds chose, and with all
 * read at the setting that all seeds chose. The first is right on average and too sure where the
 * choice is a matter of luck, the second is flattered by luck and then too unsure; the larger p
 * value holds its level for both (docs/guides/recommendation.md has the rates).
 *
 * @param behind its weighted loss less the leader's, each seed read where the other seeds chose
 * @param worseP one-sided p value of being no worse, times the number of candidates; null for one
 *     seed
 * @param equalP the larger of the p values of the two one-sided tests against the margin, likewise
 * @param candidates number of those that are compared
 */
record Rival(Expected behind, Double worseP, Double equalP, int candidates) {

  static final double LEVEL = 0.05;

  private static final double POWER = 0.8;

  /** More than that nobody buys. */
  static final int MOST_SEEDS = 200;

  static Rival of(CrossFit own, CrossFit leader, double marginNats, int candidates) {
    Expected behind =
        Expected.of(
            difference(own.loss(), leader.loss()), Math.max(own.widening(), leader.widening()));
    if (behind.error() == null) {
      return new Rival(behind, null, null, candidates);
    }
    Expected atSetting = Expected.of(difference(own.lossAtSetting(), leader.lossAtSetting()), 1);
    double worse = Math.max(behind.pAbove(0), atSetting.pAbove(0));
    double equal = Math.max(equal(behind, marginNats), equal(atSetting, marginNats));
    return new Rival(
        behind, Math.min(1, candidates * worse), Math.min(1, candidates * equal), candidates);
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int s = 0; s < a.length; s++) {
      difference[s] = a[s] - b[s];
    }
    return difference;
  }

  private static double equal(Expected difference, double margin) {
    return Math.max(difference.pBelow(margin), difference.pAbove(-margin));
  }

  boolean isWorse() {
    return worseP != null && worseP < LEVEL;
  }

  boolean isEqual() {
    return equalP != null && equalP < LEVEL;
  }

  boolean isOpen() {
    return !isWorse() && !isEqual();
  }

  /**
   * Seeds in all with which the difference seen so far would be settled with a chance of about 80
   * %, as worse or as equal, if the spread stays as it is; null when that takes more than {@value
   * #MOST_SEEDS}, or for one seed.
   */
  Integer seedsToSettle(double marginNats) {
    if (behind.error() == null) {
      return null;
    }
    if (!settles(MOST_SEEDS, marginNats)) {
      return null;
    }
    int enough = MOST_SEEDS;
    int few = behind.n();
    while (enough - few > 1) {
      int middle = (few + enough) / 2;
      if (settles(middle, marginNats)) {
        enough = middle;
      } else {
        few = middle;
      }
    }
    return enough;
  }

  private boolean settles(int seeds, double marginNats) {
    double distance = Math.max(Math.abs(behind.mean()), marginNats - Math.abs(behind.mean()));
    TDistribution t = TDistribution.of(seeds - 1);
    double needed =
        t.inverseSurvivalProbability(LEVEL / candidates) + t.inverseCumulativeProbability(POWER);
    double error = behind.error() * Math.sqrt((double) behind.n() / seeds);
    return needed * error <= distance;
  }
}
