package io.holdfast.frontier.statistics;

import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Mean of independent values with its uncertainty.
 *
 * @param n number of values
 * @param mean their mean
 * @param sd sample standard deviation (n − 1), or null for one value
 * @param low lower end of the 95 % t interval of the mean, or null for one value
 * @param high upper end likewise
 */
public record Summary(int n, double mean, Double sd, Double low, Double high) {

  private static final double CONFIDENCE = 0.95;

  /**
   * Summarizes at least one finite value. The interval is mean ± t(0.975, n − 1) · sd / √n, which
   * assumes that the values are independent and roughly normal.
   */
  public static Summary of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing to summarize");
    }
    int n = values.size();
    double mean = values.stream().mapToDouble(Double::doubleValue).sum() / n;
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException("not finite: " + values);
    }
    if (n == 1) {
      return new Summary(1, mean, null, null, null);
    }
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    double sd = Math.sqrt(squares / (n - 1));
    double t = TDistribution.of(n - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
    double half = t * sd / Math.sqrt(n);
    return new Summary(n, mean, sd, mean - half, mean + half);
  }

  /** Whether the interval lies wholly on one side of zero; false for one value. */
  public boolean excludesZero() {
    return low != null && (low > 0 || high < 0);
  }
}
