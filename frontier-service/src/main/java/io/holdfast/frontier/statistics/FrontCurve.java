package io.holdfast.frontier.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One seed's front of one recipe as a function: straight lines between neighbouring Pareto-optimal
 * checkpoints, and nothing outside them. A front falls strictly from left to right, so the function
 * is well defined.
 */
public final class FrontCurve {

  private final double[] x;
  private final double[] y;

  private FrontCurve(double[] x, double[] y) {
    this.x = x;
    this.y = y;
  }

  /** The curve through the Pareto-optimal ones of at least one point. */
  public static FrontCurve through(double[] x, double[] y) {
    boolean[] optimal = ParetoFront.optimal(x, y);
    List<double[]> kept = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      if (optimal[i]) {
        kept.add(new double[] {x[i], y[i]});
      }
    }
    kept.sort(Comparator.comparingDouble(p -> p[0]));
    if (kept.isEmpty()) {
      throw new IllegalArgumentException("a curve needs a point");
    }
    List<double[]> distinct = new ArrayList<>();
    for (double[] point : kept) {
      if (distinct.isEmpty() || distinct.getLast()[0] != point[0]) {
        distinct.add(point);
      }
    }
    return new FrontCurve(
        distinct.stream().mapToDouble(p -> p[0]).toArray(),
        distinct.stream().mapToDouble(p -> p[1]).toArray());
  }

  /**
   * Mean height of the curve over a part of its range, by exact integration of the straight lines;
   * over a single value, the height there.
   */
  public double mean(double from, double to) {
    if (from == to) {
      return at(from).orElseThrow();
    }
    double area = 0;
    double left = from;
    double leftHeight = at(from).orElseThrow();
    for (int i = 0; i < x.length && left < to; i++) {
      if (x[i] > left) {
        double right = Math.min(x[i], to);
        double rightHeight = at(right).orElseThrow();
        area += (right - left) * (leftHeight + rightHeight) / 2;
        left = right;
        leftHeight = rightHeight;
      }
    }
    return area / (to - from);
  }

  /** Smallest x of the curve. */
  public double from() {
    return x[0];
  }

  /** Largest x of the curve. */
  public double to() {
    return x[x.length - 1];
  }

  /** Number of checkpoints on the curve. */
  public int points() {
    return x.length;
  }

  /** The curve's value, or empty outside its range: never extrapolated. */
  public OptionalDouble at(double value) {
    if (!(value >= from() && value <= to())) {
      return OptionalDouble.empty();
    }
    int found = Arrays.binarySearch(x, value);
    if (found >= 0) {
      return OptionalDouble.of(y[found]);
    }
    int right = -found - 1;
    double share = (value - x[right - 1]) / (x[right] - x[right - 1]);
    return OptionalDouble.of(y[right - 1] + share * (y[right] - y[right - 1]));
  }
}
