package io.holdfast.frontier.statistics.front;

/**
 * The additive ε-indicator (Zitzler et al., IEEE TEC 7, 2003, §IV-A): by how much the points of one
 * set must be lowered so that each point of another is matched or beaten by one of them.
 */
public final class AdditiveEpsilon {

  private AdditiveEpsilon() {}

  /**
   * I_ε+(set, other) = max over the other's points of the min over the set's points of the largest
   * coordinate difference. 0 or less: the set is nowhere worse. Both must have points; O(n·m).
   */
  public static double of(double[][] set, double[][] other) {
    if (set.length == 0 || other.length == 0) {
      throw new IllegalArgumentException("both sets need a point");
    }
    Coordinates.require(set);
    Coordinates.require(other);
    double worst = Double.NEGATIVE_INFINITY;
    for (double[] target : other) {
      double nearest = Double.POSITIVE_INFINITY;
      // A target that is matched better than the worst one so far cannot change the result.
      for (int i = 0; i < set.length && nearest > worst; i++) {
        nearest = Math.min(nearest, excess(set[i], target, nearest));
      }
      worst = Math.max(worst, nearest);
    }
    return worst;
  }

  /** The largest coordinate difference, or some number that is no smaller than {@code enough}. */
  private static double excess(double[] point, double[] target, double enough) {
    double excess = Double.NEGATIVE_INFINITY;
    for (int d = 0; d < target.length && excess < enough; d++) {
      excess = Math.max(excess, point[d] - target[d]);
    }
    return excess;
  }

  /**
   * Whether the set beats the other by more than noise: it is nowhere worse by more than the
   * margin, and the other is somewhere worse by more than it. A difference inside the margin is a
   * win for neither.
   */
  public static boolean dominates(double[][] set, double[][] other, double margin) {
    return of(set, other) <= margin && of(other, set) > margin;
  }
}
