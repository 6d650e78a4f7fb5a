package io.holdfast.frontier.law;

import java.util.ArrayList;
import java.util.List;

/**
 * A law with the parameters that fit a set of runs best.
 *
 * @param form the formula
 * @param points the runs
 * @param logs logarithms of the parameters, at the center of the data
 * @param delta δ of Huber's loss on log residuals
 * @param bootstrap refits that the intervals come from
 * @param seed of the bootstrap
 * @param extrapolation check on the largest models, or null when smaller ones do not suffice
 */
public record LawFit(
    LawForm form,
    List<LawPoint> points,
    double[] logs,
    double delta,
    Bootstrap bootstrap,
    long seed,
    Extrapolation extrapolation) {

  /** A parameter whose interval spans more is not determined. */
  private static final double LOOSE = Math.log(100);

  public LawFit {
    points = List.copyOf(points);
  }

  /** Every parameter with its interval. */
  public List<ParameterEstimate> parameters() {
    double[] values = form.natural(logs);
    List<ParameterEstimate> estimates = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      int parameter = i;
      double[] interval = bootstrap.interval(replicate -> form.natural(replicate)[parameter]);
      estimates.add(
          new ParameterEstimate(
              form.names().get(i), values[i], interval[0], interval[1], determined(i)));
    }
    return estimates;
  }

  /** How many of the bootstrap's refits have a parameter in a range, its ends included. */
  public long refitsWithin(String parameter, double low, double high) {
    int index = form.names().indexOf(parameter);
    return bootstrap.replicates().stream()
        .mapToDouble(replicate -> form.natural(replicate)[index])
        .filter(value -> value >= low && value <= high)
        .count();
  }

  private boolean determined(int parameter) {
    double[] interval = bootstrap.interval(replicate -> replicate[parameter]);
    return interval[1] - interval[0] < LOOSE
        && !form.bounds().atEnd(parameter, interval[0])
        && !form.bounds().atEnd(parameter, interval[1]);
  }

  /** Number of bootstrap replicates. */
  public int replicates() {
    return bootstrap.replicates().size();
  }

  /** Mean of |predicted − measured| / measured over the fitted runs. */
  public double meanRelativeError() {
    return meanRelativeError(form, logs, points);
  }

  static double meanRelativeError(LawForm form, double[] logs, List<LawPoint> points) {
    return points.stream()
        .mapToDouble(p -> Math.abs(form.predict(logs, p) - p.loss()) / p.loss())
        .average()
        .orElseThrow();
  }

  /** The law's loss elsewhere. */
  public Prediction predict(LawPoint at) {
    double[] interval = bootstrap.interval(replicate -> form.predict(replicate, at));
    return new Prediction(at, form.predict(logs, at), interval[0], interval[1]);
  }
}
