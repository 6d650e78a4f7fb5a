package io.holdfast.frontier.statistics.uncertainty;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/** Student's one-sample t test of at least two values. */
public final class StudentT {

  private StudentT() {}

  /**
   * p value of a mean of at most zero, against a positive one. Equal values decide by themselves.
   */
  public static double upper(double[] values) {
    int n = values.length;
    double mean = Arrays.stream(values).sum() / n;
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double error = Math.sqrt(squares / (n - 1) / n);
    if (error == 0) {
      return mean > 0 ? 0 : mean < 0 ? 1 : 0.5;
    }
    return TDistribution.of(n - 1).survivalProbability(mean / error);
  }

  /** p value of a mean of zero. */
  public static double twoSided(double[] values) {
    double upper = upper(values);
    return Math.min(1, 2 * Math.min(upper, 1 - upper));
  }
}
