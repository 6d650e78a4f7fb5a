package io.holdfast.frontier.statistics.design;

import io.holdfast.frontier.statistics.uncertainty.BootstrapInterval;
import io.holdfast.frontier.statistics.uncertainty.Estimate;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import java.util.Arrays;
import java.util.List;

/**
 * A loss along a knob as a parabola with an intercept for each seed, and whether it is lowest
 * strictly between the ends.
 *
 * <p>The test for an inner minimum is that of Lind and Mehlum (Oxford Bulletin 72, 2010): the slope
 * is negative at the low end and positive at the high end, with the larger of the two one-sided p
 * values. Each seed's parabola gives one slope at either end, and Student's t over seeds tests
 * them: seeds are the independent units, levels of one seed are not. A second, coarser test does
 * without the parabola: two lines, below and above the inner level that is nearest to the minimum
 * (after Simonsohn, AMPPS 1, 2018).
 *
 * @param knob the knob
 * @param metric the loss's symbol
 * @param equal what is equal between the levels
 * @param levels loss at each level
 * @param linear coefficient b of b·x + c·x² (mean over seeds)
 * @param quadratic coefficient c likewise
 * @param minimizer where the parabola is lowest between the lowest and the highest level
 * @param minimizerInterval bootstrap interval of that, or null for one seed
 * @param r2 share of the variance within seeds that the parabola explains
 * @param residualSd of a loss about it, in nats per token
 * @param lackOfFitP F test of the level means about the parabola against the seeds' scatter about
 *     the level means; a small one says that the loss is no parabola. Null with fewer than four
 *     levels or two seeds
 * @param slopeAtLow slope at the lowest level
 * @param slopeAtHigh slope at the highest level
 * @param interiorP p value of the test for an inner minimum, or null for one seed
 * @param breakLevel inner level where the two lines meet
 * @param slopeBelow slope of the line over the levels up to it
 * @param slopeAbove slope of the line over the levels from it on
 * @param twoLinesP the larger of their one-sided p values, or null for one seed
 */
public record Allocation(
    String knob,
    String metric,
    Equal equal,
    List<LevelLoss> levels,
    double linear,
    double quadratic,
    double minimizer,
    BootstrapInterval minimizerInterval,
    Double r2,
    Double residualSd,
    Double lackOfFitP,
    Estimate slopeAtLow,
    Estimate slopeAtHigh,
    Double interiorP,
    double breakLevel,
    Estimate slopeBelow,
    Estimate slopeAbove,
    Double twoLinesP) {

  public Allocation {
    levels = List.copyOf(levels);
  }

  /** The loss at one level. */
  public record LevelLoss(double level, Estimate loss) {}

  /** Fits at least three levels and one seed; null with fewer. */
  public static Allocation of(LevelTable table, Resampling resampling) {
    double[] levels = table.levels();
    if (levels.length < 3 || table.seeds() == 0) {
      return null;
    }
    Parabola parabola = new Parabola(levels);
    double[][] fits = Arrays.stream(table.rows()).map(parabola::fit).toArray(double[][]::new);
    double[] mean = mean(fits, range(fits.length));
    int last = levels.length - 1;
    Estimate low = table.estimate(y -> parabola.slope(parabola.fit(y), levels[0]), resampling);
    Estimate high = table.estimate(y -> parabola.slope(parabola.fit(y), levels[last]), resampling);
    int middle = nearestInner(levels, parabola.lowest(mean));
    Estimate below = table.estimate(y -> LevelTable.slope(levels, y, 0, middle + 1), resampling);
    Estimate above =
        table.estimate(y -> LevelTable.slope(levels, y, middle, levels.length), resampling);
    FitQuality quality = FitQuality.of(parabola, mean, levels, table.rows());
    return new Allocation(
        table.knob().word(),
        table.loss().symbol(),
        table.equal(),
        losses(table, resampling),
        parabola.slope(mean, 0),
        mean[2],
        parabola.lowest(mean),
        resampling.interval(fits.length, drawn -> parabola.lowest(mean(fits, drawn))),
        quality.r2(),
        quality.residualSd(),
        quality.lackOfFitP(),
        low,
        high,
        both(low, high),
        levels[middle],
        below,
        above,
        both(below, above));
  }

  private static List<LevelLoss> losses(LevelTable table, Resampling resampling) {
    double[] levels = table.levels();
    return java.util.stream.IntStream.range(0, levels.length)
        .mapToObj(i -> new LevelLoss(levels[i], table.estimate(y -> y[i], resampling)))
        .toList();
  }

  /** p value of "first falls and then rises": both parts must be shown. */
  private static Double both(Estimate falling, Estimate rising) {
    return falling.n() < 2 ? null : (Double) Math.max(falling.pBelow(0), rising.pAbove(0));
  }

  private static int nearestInner(double[] levels, double minimizer) {
    int nearest = 1;
    for (int i = 2; i < levels.length - 1; i++) {
      if (Math.abs(levels[i] - minimizer) < Math.abs(levels[nearest] - minimizer)) {
        nearest = i;
      }
    }
    return nearest;
  }

  private static int[] range(int n) {
    return java.util.stream.IntStream.range(0, n).toArray();
  }

  private static double[] mean(double[][] fits, int[] seeds) {
    double[] mean = new double[3];
    for (int seed : seeds) {
      for (int i = 0; i < 3; i++) {
        mean[i] += fits[seed][i] / seeds.length;
      }
    }
    return mean;
  }
}
