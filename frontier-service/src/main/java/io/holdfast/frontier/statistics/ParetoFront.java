package io.holdfast.frontier.statistics;

import io.holdfast.frontier.statistics.front.IndexOrder;

/** Pareto optimality in a plane where lower is better on both axes. */
public final class ParetoFront {

  private ParetoFront() {}

  /**
   * Which points no other point dominates. A point dominates another when it is no worse on both
   * axes and better on one; so equal points stand or fall together, and a point that ties on one
   * axis and loses on the other is out. O(n log n).
   *
   * @param x first coordinates, finite
   * @param y second coordinates, finite, of the same length
   * @return for each point whether it is optimal
   */
  public static boolean[] optimal(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException("%d against %d".formatted(x.length, y.length));
    }
    requireFinite(x);
    requireFinite(y);
    int[] order =
        IndexOrder.of(
            x.length,
            (a, b) ->
                x[a] != x[b] ? (x[a] < x[b] ? -1 : 1) : y[a] < y[b] ? -1 : y[a] > y[b] ? 1 : 0);
    boolean[] optimal = new boolean[x.length];
    double lowest = Double.POSITIVE_INFINITY;
    for (int at = 0; at < order.length; ) {
      int first = order[at];
      boolean better = y[first] < lowest;
      lowest = Math.min(lowest, y[first]);
      int end = at;
      while (end < order.length && x[order[end]] == x[first]) {
        optimal[order[end]] = better && y[order[end]] == y[first];
        end++;
      }
      at = end;
    }
    return optimal;
  }

  private static void requireFinite(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("not finite: " + value);
      }
    }
  }
}
