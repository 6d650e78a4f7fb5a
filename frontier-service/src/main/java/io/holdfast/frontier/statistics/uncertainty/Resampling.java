package io.holdfast.frontier.statistics.uncertainty;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * The bootstrap over seeds: whole seeds are drawn with replacement, each with everything that it
 * trained, and the same draw serves all recipes, so pairs stay pairs. What lies below a seed, its
 * checkpoints at fixed settings, is design and not sample, so it is not drawn again (Davison and
 * Hinkley, Bootstrap Methods, 1997, §3.8).
 *
 * @param seed of the draws: equal input gives equal intervals
 * @param resamples number of draws
 */
public record Resampling(long seed, int resamples) {

  /** What all of a study's results use. */
  public static final Resampling DEFAULT = new Resampling(20_260_512, 10_000);

  /** With fewer seeds a percentile interval is much too narrow: 3 seeds have 10 different draws. */
  public static final int ENOUGH_SEEDS = 8;

  private static final double CONFIDENCE = 0.95;

  public Resampling {
    if (resamples < 100) {
      throw new IllegalArgumentException("at least 100 resamples, not " + resamples);
    }
  }

  /**
   * The 95 % percentile interval of a statistic.
   *
   * @param n number of seeds, at least one
   * @param statistic of drawn seeds, given by their numbers from 0 to n − 1
   * @return the interval, or null for one seed or when some draw has no finite value
   */
  public BootstrapInterval interval(int n, ToDoubleFunction<int[]> statistic) {
    if (n < 2) {
      return null;
    }
    double[] values = new double[resamples];
    SplittableRandom random = new SplittableRandom(seed);
    int[] drawn = new int[n];
    for (int i = 0; i < resamples; i++) {
      for (int j = 0; j < n; j++) {
        drawn[j] = random.nextInt(n);
      }
      values[i] = statistic.applyAsDouble(drawn);
      if (!Double.isFinite(values[i])) {
        return null;
      }
    }
    Arrays.sort(values);
    return new BootstrapInterval(
        quantile(values, (1 - CONFIDENCE) / 2),
        quantile(values, (1 + CONFIDENCE) / 2),
        seed,
        resamples,
        n >= ENOUGH_SEEDS);
  }

  /** The quantile of ascending values, by lines between them (Hyndman and Fan's type 7). */
  static double quantile(double[] ascending, double share) {
    double at = share * (ascending.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, ascending.length - 1);
    return ascending[below] + (at - below) * (ascending[above] - ascending[below]);
  }
}
