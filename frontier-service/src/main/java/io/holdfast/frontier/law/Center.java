package io.holdfast.frontier.law;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Geometric means of the data. Formulas are fitted around them: there the level of a power law and
 * its exponents hardly depend on each other, while at N = 1 they nearly determine each other.
 *
 * @param logParameters mean of ln N
 * @param logTokens mean of ln D_ft
 */
record Center(double logParameters, double logTokens) {

  static Center of(List<LawPoint> points) {
    return new Center(mean(points, LawPoint::parameters), mean(points, LawPoint::fineTuneTokens));
  }

  private static double mean(List<LawPoint> points, ToDoubleFunction<LawPoint> value) {
    return points.stream().mapToDouble(p -> Math.log(value.applyAsDouble(p))).average().orElse(0);
  }

  /** Where a model lies. */
  Place place(LawPoint point) {
    return new Place(
        Math.log(point.parameters()) - logParameters,
        Math.log(point.fineTuneTokens()) - logTokens,
        point.injected(),
        point.lossBefore());
  }
}
