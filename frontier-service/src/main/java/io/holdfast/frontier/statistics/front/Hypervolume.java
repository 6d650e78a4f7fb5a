package io.holdfast.frontier.statistics.front;

/**
 * Dominated hypervolume: the volume of what at least one point dominates below a reference point.
 * Points that are not below the reference everywhere add nothing.
 *
 * <ul>
 *   <li>2 objectives: a sweep, O(n log n).
 *   <li>3: a sweep over the third with the area of the steps in the plane kept up to date, O(n log
 *       n) (Fonseca, Paquete and López-Ibáñez, CEC 2006; Beume et al., IEEE TEC 13, 2009).
 *   <li>4: a sweep over the fourth; each point adds its own volume in the first three, which takes
 *       one three-dimensional sweep over the points so far: O(n² log n) (after HV4D: Guerreiro,
 *       Fonseca and Emmerich, CCCG 2012).
 * </ul>
 */
public final class Hypervolume {

  private Hypervolume() {}

  /**
   * The volume.
   *
   * @param points rows of 2, 3 or 4 coordinates; dominated and equal ones are allowed
   * @param reference as many coordinates
   */
  public static double of(double[][] points, double[] reference) {
    Coordinates.require(reference, reference.length);
    for (double[] point : points) {
      Coordinates.require(point, reference.length);
    }
    double[][] below = below(points, reference);
    return switch (reference.length) {
      case 2 -> plane(below, reference);
      case 3 -> space(below, reference);
      case 4 -> FourDimensions.volume(below, reference);
      default ->
          throw new IllegalArgumentException(
              "a hypervolume has 2 to 4 objectives, not " + reference.length);
    };
  }

  /** The points that are below the reference, by their last coordinate. */
  private static double[][] below(double[][] points, double[] reference) {
    double[][] below = new double[points.length][];
    int n = 0;
    for (double[] point : points) {
      if (isBelow(point, reference)) {
        below[n++] = point;
      }
    }
    int last = reference.length - 1;
    int[] order = IndexOrder.of(n, (a, b) -> IndexOrder.compare(below[a][last], below[b][last]));
    double[][] sorted = new double[n][];
    for (int i = 0; i < n; i++) {
      sorted[i] = below[order[i]];
    }
    return sorted;
  }

  private static boolean isBelow(double[] point, double[] reference) {
    for (int d = 0; d < reference.length; d++) {
      if (!(point[d] < reference[d])) {
        return false;
      }
    }
    return true;
  }

  private static double plane(double[][] byY, double[] reference) {
    double area = 0;
    double left = reference[0];
    for (double[] point : byY) {
      if (point[0] < left) {
        area += (left - point[0]) * (reference[1] - point[1]);
        left = point[0];
      }
    }
    return area;
  }

  private static double space(double[][] byZ, double[] reference) {
    StepTree steps = new StepTree(reference[0], reference[1]);
    double volume = 0;
    double area = 0;
    for (int i = 0; i < byZ.length; i++) {
      area += steps.add(byZ[i][0], byZ[i][1]);
      double next = i + 1 < byZ.length ? byZ[i + 1][2] : reference[2];
      volume += area * (next - byZ[i][2]);
    }
    return volume;
  }
}
