package io.holdfast.frontier.statistics.uncertainty;

import io.holdfast.frontier.statistics.Summary;
import java.util.List;

/**
 * A quantity that every seed gives once, such as a difference of two recipes, with everything that
 * its spread over seeds allows to say. The intervals are 95 % intervals of the mean.
 *
 * @param n seeds
 * @param mean over seeds
 * @param sd sample standard deviation over seeds, or null for one seed
 * @param low lower end of Student's t interval, or null for one seed
 * @param high upper end likewise
 * @param bootstrap percentile interval over resampled seeds, or null for one seed
 * @param tTestP two-sided p value of a mean of zero by Student's t, or null for one seed
 * @param signFlipP exact two-sided p value of a distribution that is symmetric about zero: the
 *     share of sign patterns whose mean is as far from zero. It cannot be below 2^(1−n), which for
 *     3 seeds is 0.25
 * @param values by seed
 */
public record Estimate(
    int n,
    double mean,
    Double sd,
    Double low,
    Double high,
    BootstrapInterval bootstrap,
    Double tTestP,
    Double signFlipP,
    List<SeedValue> values) {

  public Estimate {
    values = List.copyOf(values);
  }

  /** Estimates from at least one seed. */
  public static Estimate of(List<SeedValue> values, Resampling resampling) {
    Summary summary = Summary.of(values.stream().map(SeedValue::value).toList());
    double[] plain = values.stream().mapToDouble(SeedValue::value).toArray();
    boolean several = plain.length > 1;
    return new Estimate(
        summary.n(),
        summary.mean(),
        summary.sd(),
        summary.low(),
        summary.high(),
        resampling.interval(plain.length, drawn -> mean(plain, drawn)),
        several ? StudentT.twoSided(plain) : null,
        several ? SignFlip.twoSided(plain, resampling) : null,
        values);
  }

  /**
   * One-sided p value by Student's t of a mean of at most a bound, against a larger one; null for
   * one seed.
   */
  public Double pAbove(double bound) {
    return n < 2 ? null : StudentT.upper(shifted(bound));
  }

  /** One-sided p value of a mean of at least a bound, against a smaller one; null for one seed. */
  public Double pBelow(double bound) {
    return n < 2 ? null : 1 - StudentT.upper(shifted(bound));
  }

  /** Seeds whose value is above zero. */
  public int positive() {
    return (int) values.stream().filter(value -> value.value() > 0).count();
  }

  private double[] shifted(double bound) {
    return values.stream().mapToDouble(value -> value.value() - bound).toArray();
  }

  private static double mean(double[] values, int[] drawn) {
    double sum = 0;
    for (int i : drawn) {
      sum += values[i];
    }
    return sum / drawn.length;
  }
}
