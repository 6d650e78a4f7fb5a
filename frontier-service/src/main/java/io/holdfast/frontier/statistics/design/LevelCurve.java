package io.holdfast.frontier.statistics.design;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/** A parabola through each seed's losses at the levels of a knob, and what it says between them. */
public final class LevelCurve {

  private final Parabola parabola;
  private final double[][] fits;
  private final double misfit;

  /**
   * @param levels three or more different ones, ascending
   * @param losses by level, then by seed
   */
  public LevelCurve(double[] levels, double[][] losses) {
    this.parabola = new Parabola(levels);
    int seeds = losses[0].length;
    this.fits = new double[seeds][];
    double[] means = new double[levels.length];
    for (int s = 0; s < seeds; s++) {
      int seed = s;
      double[] own = Arrays.stream(losses).mapToDouble(level -> level[seed]).toArray();
      fits[s] = parabola.fit(own);
      for (int i = 0; i < own.length; i++) {
        means[i] += own[i] / seeds;
      }
    }
    this.misfit = misfit(levels, means);
  }

  /** How far the means lie about the parabola; three levels cannot tell, and give 0. */
  private double misfit(double[] levels, double[] means) {
    double squares = 0;
    double[] fit = parabola.fit(means);
    for (int i = 0; i < levels.length; i++) {
      squares += Math.pow(means[i] - parabola.at(fit, levels[i]), 2);
    }
    return levels.length > 3 ? Math.sqrt(squares / (levels.length - 3)) : 0;
  }

  /** The mean of the seeds' parabolas. */
  public double at(double level) {
    return Arrays.stream(fits).mapToDouble(fit -> parabola.at(fit, level)).average().orElseThrow();
  }

  /**
   * How much a level is expected to lie below what is best now, counting only the chance that it
   * does: E max(0, best − level), with the difference of both a t variable with n − 1 degrees of
   * freedom (expected improvement: Jones, Schonlau and Welch, J. Global Optimization 13, 1998; for
   * t, Chick and Inoue, Operations Research 49, 2001). Its variance is that of the seeds'
   * differences over n, and the misfit of the parabola squared. For at least three seeds.
   *
   * @param best each seed's loss now
   */
  public double expectedImprovement(double level, double[] best) {
    int n = fits.length;
    double[] behind = new double[n];
    for (int s = 0; s < n; s++) {
      behind[s] = parabola.at(fits[s], level) - best[s];
    }
    double mean = Arrays.stream(behind).sum() / n;
    double squares = Arrays.stream(behind).map(b -> (b - mean) * (b - mean)).sum();
    double scale = Math.sqrt(squares / (n - 1) / n + misfit * misfit);
    return scale == 0 ? Math.max(0, -mean) : scale * unitLoss(mean / scale, n - 1);
  }

  /** E max(0, T − z) of a t variable T with more than one degree of freedom. */
  static double unitLoss(double z, int degrees) {
    TDistribution t = TDistribution.of(degrees);
    return (degrees + z * z) / (degrees - 1) * t.density(z) - z * t.survivalProbability(z);
  }
}
