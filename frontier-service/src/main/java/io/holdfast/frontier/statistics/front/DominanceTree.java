package io.holdfast.frontier.statistics.front;

/**
 * A balanced k-d tree with the bounding box of every node, asked whether any of its points
 * dominates a given one. A node whose lower corner is above the point somewhere is skipped whole; a
 * node whose upper corner dominates the point answers for all of its points.
 */
final class DominanceTree {

  private static final int LEAF = 8;

  private final double[][] points;
  private final int objectives;
  private final int[] rows;
  private final double[] lower;
  private final double[] upper;

  DominanceTree(double[][] points) {
    this.points = points;
    this.objectives = points[0].length;
    this.rows = IndexOrder.of(points.length, (a, b) -> 0);
    int nodes = 2;
    for (int size = points.length; size > LEAF; size = (size + 1) / 2) {
      nodes *= 2;
    }
    this.lower = new double[nodes * objectives];
    this.upper = new double[nodes * objectives];
    build(1, 0, points.length);
  }

  private void build(int node, int from, int to) {
    bound(node, from, to);
    if (to - from > LEAF) {
      int middle = (from + to) >>> 1;
      select(from, to, middle, widest(node));
      build(2 * node, from, middle);
      build(2 * node + 1, middle, to);
    }
  }

  private void bound(int node, int from, int to) {
    for (int d = 0; d < objectives; d++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        low = Math.min(low, points[rows[i]][d]);
        high = Math.max(high, points[rows[i]][d]);
      }
      lower[node * objectives + d] = low;
      upper[node * objectives + d] = high;
    }
  }

  private int widest(int node) {
    int widest = 0;
    for (int d = 1; d < objectives; d++) {
      if (extent(node, d) > extent(node, widest)) {
        widest = d;
      }
    }
    return widest;
  }

  private double extent(int node, int d) {
    return upper[node * objectives + d] - lower[node * objectives + d];
  }

  /** Quickselect: the rows before {@code middle} are no larger than those from it on. */
  private void select(int from, int to, int middle, int d) {
    int low = from;
    int high = to - 1;
    while (low < high) {
      double pivot = points[rows[(low + high) >>> 1]][d];
      int i = low;
      int j = high;
      while (i <= j) {
        while (points[rows[i]][d] < pivot) {
          i++;
        }
        while (points[rows[j]][d] > pivot) {
          j--;
        }
        if (i <= j) {
          int swapped = rows[i];
          rows[i++] = rows[j];
          rows[j--] = swapped;
        }
      }
      if (middle <= j) {
        high = j;
      } else if (middle >= i) {
        low = i;
      } else {
        return;
      }
    }
  }

  /** Whether a point of the tree is no worse everywhere and better somewhere. */
  boolean dominates(double[] point) {
    return dominates(point, 1, 0, rows.length);
  }

  private boolean dominates(double[] point, int node, int from, int to) {
    int at = node * objectives;
    boolean all = true;
    boolean strict = false;
    for (int d = 0; d < objectives; d++) {
      if (lower[at + d] > point[d]) {
        return false;
      }
      all &= upper[at + d] <= point[d];
      strict |= upper[at + d] < point[d];
    }
    if (all && strict) {
      return true;
    }
    if (to - from <= LEAF) {
      return leafDominates(point, from, to);
    }
    int middle = (from + to) >>> 1;
    return dominates(point, 2 * node, from, middle) || dominates(point, 2 * node + 1, middle, to);
  }

  private boolean leafDominates(double[] point, int from, int to) {
    for (int i = from; i < to; i++) {
      double[] other = points[rows[i]];
      boolean noWorse = true;
      boolean better = false;
      for (int d = 0; d < objectives && noWorse; d++) {
        noWorse = other[d] <= point[d];
        better |= other[d] < point[d];
      }
      if (noWorse && better) {
        return true;
      }
    }
    return false;
  }
}
