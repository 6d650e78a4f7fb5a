package io.holdfast.frontier.statistics.design;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.FDistribution;

/**
 * How well one parabola with an intercept for each seed describes all losses; the parts are
 * explained at {@link Allocation}.
 */
record FitQuality(Double r2, Double residualSd, Double lackOfFitP) {

  static FitQuality of(Parabola parabola, double[] fit, double[] levels, double[][] rows) {
    int seeds = rows.length;
    double total = 0;
    double residual = 0;
    double pure = 0;
    double[] levelMeans = centeredMeans(rows);
    for (double[] row : rows) {
      double own = Arrays.stream(row).average().orElseThrow();
      for (int i = 0; i < row.length; i++) {
        double centered = row[i] - own;
        total += centered * centered;
        residual += square(centered - (parabola.at(fit, levels[i]) - fit[0]));
        pure += square(centered - levelMeans[i]);
      }
    }
    double freedom = seeds * (levels.length - 1.0) - 2;
    return new FitQuality(
        total > 0 ? 1 - residual / total : null,
        freedom > 0 ? Math.sqrt(residual / freedom) : null,
        lackOfFit(residual - pure, levels.length - 3, pure, (seeds - 1) * (levels.length - 1)));
  }

  private static Double lackOfFit(double lack, int lackFreedom, double pure, int pureFreedom) {
    if (lackFreedom < 1 || pureFreedom < 1 || !(pure > 0)) {
      return null;
    }
    double f = Math.max(0, lack) / lackFreedom / (pure / pureFreedom);
    return FDistribution.of(lackFreedom, pureFreedom).survivalProbability(f);
  }

  private static double[] centeredMeans(double[][] rows) {
    double[] means = new double[rows[0].length];
    for (double[] row : rows) {
      double own = Arrays.stream(row).average().orElseThrow();
      for (int i = 0; i < row.length; i++) {
        means[i] += (row[i] - own) / rows.length;
      }
    }
    return means;
  }

  private static double square(double value) {
    return value * value;
  }
}
