package io.holdfast.frontier.statistics.front;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Pareto optimality in two or more objectives. A point dominates another when it is no worse in
 * every coordinate and better in one, so equal points stand or fall together.
 *
 * <p>Two and three objectives take O(n log n) (Kung, Luccio and Preparata, J. ACM 22, 1975); more
 * ask a k-d tree for each point, which is close to O(n log n) when few points are optimal and below
 * n² when all are.
 */
public final class NonDominated {

  private NonDominated() {}

  /** For each point whether no other dominates it. */
  public static boolean[] of(double[][] points) {
    Coordinates.require(points);
    if (points.length == 0) {
      return new boolean[0];
    }
    return switch (points[0].length) {
      case 1 -> sweep(points, new Lowest(0));
      case 2 -> sweep(points, new Lowest(1));
      case 3 -> sweep(points, new Steps());
      default -> inTree(points);
    };
  }

  /** The optimal points, in the order given. */
  public static double[][] pointsOf(double[][] points) {
    boolean[] optimal = of(points);
    int kept = 0;
    double[][] front = new double[points.length][];
    for (int i = 0; i < points.length; i++) {
      if (optimal[i]) {
        front[kept++] = points[i];
      }
    }
    return Arrays.copyOf(front, kept);
  }

  /** What has been seen of the points that come before in lexicographic order. */
  private interface Seen {
    /** Whether a seen point is no worse in the coordinates after the first. */
    boolean covers(double[] point);

    void add(double[] point);
  }

  /** In lexicographic order a point is only dominated by points before it. */
  private static boolean[] sweep(double[][] points, Seen seen) {
    boolean[] optimal = new boolean[points.length];
    int[] order = IndexOrder.lexicographic(points);
    for (int at = 0; at < order.length; ) {
      double[] point = points[order[at]];
      boolean better = !seen.covers(point);
      if (better) {
        seen.add(point);
      }
      for (; at < order.length && equal(points[order[at]], point); at++) {
        optimal[order[at]] = better;
      }
    }
    return optimal;
  }

  private static boolean equal(double[] a, double[] b) {
    for (int d = 0; d < a.length; d++) {
      if (a[d] != b[d]) {
        return false;
      }
    }
    return true;
  }

  /** One coordinate: only the lowest value counts. */
  private static final class Lowest implements Seen {
    private final int coordinate;
    private double lowest = Double.POSITIVE_INFINITY;

    Lowest(int coordinate) {
      this.coordinate = coordinate;
    }

    @Override
    public boolean covers(double[] point) {
      return lowest <= point[coordinate];
    }

    @Override
    public void add(double[] point) {
      lowest = point[coordinate];
    }
  }

  /** Two coordinates: the lower left steps of what was seen. */
  private static final class Steps implements Seen {
    private final TreeMap<Double, Double> steps = new TreeMap<>();

    @Override
    public boolean covers(double[] point) {
      // Adding zero makes one key of the two zeros.
      Map.Entry<Double, Double> left = steps.floorEntry(point[1] + 0.0);
      return left != null && left.getValue() <= point[2];
    }

    @Override
    public void add(double[] point) {
      var right = steps.tailMap(point[1] + 0.0, true).entrySet().iterator();
      while (right.hasNext() && right.next().getValue() >= point[2]) {
        right.remove();
      }
      steps.put(point[1] + 0.0, point[2]);
    }
  }

  private static boolean[] inTree(double[][] points) {
    DominanceTree tree = new DominanceTree(points);
    boolean[] optimal = new boolean[points.length];
    for (int i = 0; i < points.length; i++) {
      optimal[i] = !tree.dominates(points[i]);
    }
    return optimal;
  }
}
