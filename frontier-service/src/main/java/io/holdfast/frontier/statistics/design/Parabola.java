package io.holdfast.frontier.statistics.design;

import java.util.Arrays;

/**
 * Least-squares parabolas over fixed levels, in polynomials that are orthogonal over them: 1, P₁ =
 * x − x̄ and P₂ = P₁² − α·P₁ − β. All seeds have the same levels, so the parabola through all
 * seeds, with an intercept of its own for each, is the mean of the seeds' parabolas.
 */
final class Parabola {

  private final double[] levels;
  private final double center;
  private final double alpha;
  private final double beta;

  /** Over at least three different levels, ascending. */
  Parabola(double[] levels) {
    this.levels = levels.clone();
    this.center = Arrays.stream(levels).average().orElseThrow();
    double squares = sum(x -> x * x);
    this.alpha = sum(x -> x * x * x) / squares;
    this.beta = squares / levels.length;
  }

  private double sum(java.util.function.DoubleUnaryOperator f) {
    return Arrays.stream(levels).map(x -> f.applyAsDouble(x - center)).sum();
  }

  private double first(double x) {
    return x - center;
  }

  private double second(double x) {
    double p = x - center;
    return p * p - alpha * p - beta;
  }

  /** Coefficients of 1, P₁ and P₂. */
  double[] fit(double[] losses) {
    double mean = Arrays.stream(losses).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    double zy = 0;
    double zz = 0;
    for (int i = 0; i < levels.length; i++) {
      double p = first(levels[i]);
      double q = second(levels[i]);
      xy += p * losses[i];
      xx += p * p;
      zy += q * losses[i];
      zz += q * q;
    }
    return new double[] {mean, xy / xx, zy / zz};
  }

  double at(double[] fit, double x) {
    return fit[0] + fit[1] * first(x) + fit[2] * second(x);
  }

  double slope(double[] fit, double x) {
    return fit[1] + fit[2] * (2 * first(x) - alpha);
  }

  /** Where the parabola is lowest between the first and the last level, both included. */
  double lowest(double[] fit) {
    double low = levels[0];
    double high = levels[levels.length - 1];
    if (fit[2] <= 0) {
      return at(fit, low) <= at(fit, high) ? low : high;
    }
    return Math.clamp(center + (alpha - fit[1] / fit[2]) / 2, low, high);
  }
}
