package io.holdfast.frontier.statistics.comparison;

import io.holdfast.frontier.statistics.front.AdditiveEpsilon;
import io.holdfast.frontier.statistics.uncertainty.BootstrapInterval;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import java.util.List;

/**
 * How often one recipe's front dominates another's by more than noise: it is nowhere worse by more
 * than the margin, and the other is somewhere worse by more than it.
 *
 * @param marginNats ε
 * @param pairedSeeds seeds that both recipes have
 * @param seedsWon paired seeds whose front dominates the same seed's front of the other recipe
 * @param seedsLost paired seeds where it is the other way round
 * @param probability of dominance for two independently drawn seeds, one of each recipe: the share
 *     of all pairs of seeds
 * @param interval bootstrap interval of that, or null for one seed
 */
public record Dominance(
    double marginNats,
    int pairedSeeds,
    int seedsWon,
    int seedsLost,
    double probability,
    BootstrapInterval interval) {

  /** Compares the fronts of the seeds that both recipes have; null when there are none. */
  public static Dominance of(
      SeedFronts recipe, SeedFronts over, double margin, Resampling resampling) {
    List<Long> seeds =
        recipe.bySeed().keySet().stream().filter(over.bySeed()::containsKey).toList();
    int n = seeds.size();
    if (n == 0) {
      return null;
    }
    boolean[][] wins = new boolean[n][n];
    int lost = 0;
    for (int i = 0; i < n; i++) {
      double[][] own = recipe.bySeed().get(seeds.get(i));
      for (int j = 0; j < n; j++) {
        double[][] other = over.bySeed().get(seeds.get(j));
        wins[i][j] = AdditiveEpsilon.dominates(own, other, margin);
        lost += i == j && AdditiveEpsilon.dominates(other, own, margin) ? 1 : 0;
      }
    }
    int won = 0;
    for (int i = 0; i < n; i++) {
      won += wins[i][i] ? 1 : 0;
    }
    int[] each = java.util.stream.IntStream.range(0, n).toArray();
    return new Dominance(
        margin,
        n,
        won,
        lost,
        share(wins, each),
        resampling.interval(n, drawn -> share(wins, drawn)));
  }

  private static double share(boolean[][] wins, int[] seeds) {
    int won = 0;
    for (int i : seeds) {
      for (int j : seeds) {
        won += wins[i][j] ? 1 : 0;
      }
    }
    return (double) won / (seeds.length * seeds.length);
  }
}
