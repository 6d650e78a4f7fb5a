package io.holdfast.eval.task;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * A metric over all its requests, with the standard error that another sample of requests would
 * give it.
 *
 * @param value what the metric says
 * @param standardError null where there is one group of requests only
 * @param samples requests
 */
record Aggregate(double value, Double standardError, long samples) {

  /** Enough for two digits of a standard error; the harness draws 100,000 times. */
  private static final int DRAWS = 1_000;

  private static final long SEED = 1234;

  /**
   * A mean of one number for each request. The standard error is the sample's standard deviation
   * over √n, as in lm-evaluation-harness; where requests come in groups it is the one for clusters
   * (Miller, arXiv 2411.00640, §2.2), with the factor G/(G−1) for G groups, which makes the two
   * equal when every group is one request.
   */
  static Aggregate mean(List<Term> terms) {
    int n = terms.size();
    double mean = terms.stream().mapToDouble(Term::sum).sum() / n;
    Map<String, Double> deviations = new LinkedHashMap<>();
    terms.forEach(term -> deviations.merge(term.group(), term.sum() - mean, Double::sum));
    int groups = deviations.size();
    double squares = deviations.values().stream().mapToDouble(d -> d * d).sum();
    Double error = groups < 2 ? null : Math.sqrt(squares * groups / (groups - 1)) / n;
    return new Aggregate(mean, error, n);
  }

  /**
   * A function of Σsum / Σweight, such as a perplexity. The standard error is the standard
   * deviation over {@value #DRAWS} bootstrap samples of whole groups with a fixed seed; the harness
   * gives none for these metrics.
   */
  static Aggregate ratio(List<Term> terms, DoubleUnaryOperator shown) {
    List<double[]> groups = new ArrayList<>(totals(terms));
    double value = value(groups, shown);
    return new Aggregate(
        value, groups.size() < 2 ? null : bootstrapped(groups, shown), terms.size());
  }

  private static Collection<double[]> totals(List<Term> terms) {
    Map<String, double[]> totals = new LinkedHashMap<>();
    for (Term term : terms) {
      double[] total = totals.computeIfAbsent(term.group(), group -> new double[2]);
      total[0] += term.sum();
      total[1] += term.weight();
    }
    return totals.values();
  }

  private static double value(List<double[]> groups, DoubleUnaryOperator shown) {
    double sum = 0;
    double weight = 0;
    for (double[] group : groups) {
      sum += group[0];
      weight += group[1];
    }
    return bounded(shown.applyAsDouble(sum / weight));
  }

  private static double bootstrapped(List<double[]> groups, DoubleUnaryOperator shown) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] values = new double[DRAWS];
    List<double[]> drawn = new ArrayList<>(groups);
    for (int i = 0; i < DRAWS; i++) {
      drawn.replaceAll(any -> groups.get(random.nextInt(groups.size())));
      values[i] = value(drawn, shown);
    }
    double mean = 0;
    for (double value : values) {
      mean += value / DRAWS;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return bounded(Math.sqrt(squares / (DRAWS - 1)));
  }

  /** A perplexity beyond all numbers is the largest one: JSON and databases have no infinity. */
  private static double bounded(double value) {
    return Math.min(value, Double.MAX_VALUE);
  }
}
