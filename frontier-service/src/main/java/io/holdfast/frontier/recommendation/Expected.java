package io.holdfast.frontier.recommendation;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean over seeds, in nats per token, with its 95 % interval.
 *
 * @param n seeds
 * @param mean over them
 * @param error standard error of the mean, widened where seeds disagree on the best setting of
 *     fine-tuning; null for one seed
 * @param low lower end of Student's t interval, or null for one seed
 * @param high upper end likewise
 */
public record Expected(int n, double mean, Double error, Double low, Double high) {

  private static final double TAIL = 0.025;

  /**
   * @param widening of the standard error, at least 1
   */
  static Expected of(double[] bySeed, double widening) {
    int n = bySeed.length;
    double mean = Arrays.stream(bySeed).sum() / n;
    if (n == 1) {
      return new Expected(1, mean, null, null, null);
    }
    double squares = Arrays.stream(bySeed).map(v -> (v - mean) * (v - mean)).sum();
    double error = widening * Math.sqrt(squares / (n - 1) / n);
    double half = TDistribution.of(n - 1).inverseSurvivalProbability(TAIL) * error;
    return new Expected(n, mean, error, mean - half, mean + half);
  }

  /** One-sided p value of a mean of at most a bound; null for one seed. */
  Double pAbove(double bound) {
    if (error == null) {
      return null;
    }
    if (error == 0) {
      return mean > bound ? 0.0 : mean < bound ? 1 : 0.5;
    }
    return TDistribution.of(n - 1).survivalProbability((mean - bound) / error);
  }

  /** One-sided p value of a mean of at least a bound; null for one seed. */
  Double pBelow(double bound) {
    return error == null ? null : 1 - pAbove(bound);
  }
}
