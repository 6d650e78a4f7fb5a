package io.holdfast.benchmarks.hypervolume;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The yardstick: dominated hypervolume by the WFG algorithm (While, Bradstreet and Barone, IEEE TEC
 * 16, 2012), lower coordinates being better, written down as published: exclusive volumes of points
 * from the worst last coordinate on, so that the limited sets have one coordinate less, and a sweep
 * for two objectives. pymoo and moocore have it in their history.
 */
public final class Wfg {

  private Wfg() {}

  /** Volume of what the points dominate below the reference. */
  public static double hypervolume(double[][] points, double[] reference) {
    List<double[]> below = new ArrayList<>();
    for (double[] point : points) {
      boolean inside = true;
      for (int d = 0; d < reference.length; d++) {
        inside &= point[d] < reference[d];
      }
      if (inside) {
        below.add(point);
      }
    }
    return volume(nonDominated(below, reference.length), reference, reference.length);
  }

  private static double volume(List<double[]> front, double[] reference, int objectives) {
    if (objectives == 2) {
      return area(front, reference);
    }
    int last = objectives - 1;
    List<double[]> worstFirst = new ArrayList<>(front);
    worstFirst.sort(Comparator.comparingDouble((double[] p) -> p[last]).reversed());
    double volume = 0;
    for (int k = 0; k < worstFirst.size(); k++) {
      double[] point = worstFirst.get(k);
      double inclusive = 1;
      for (int d = 0; d < last; d++) {
        inclusive *= reference[d] - point[d];
      }
      List<double[]> limited = new ArrayList<>();
      for (int i = k + 1; i < worstFirst.size(); i++) {
        limited.add(worse(point, worstFirst.get(i), last));
      }
      double shared = volume(nonDominated(limited, last), reference, last);
      volume += (reference[last] - point[last]) * (inclusive - shared);
    }
    return volume;
  }

  private static double area(List<double[]> front, double[] reference) {
    List<double[]> byX = new ArrayList<>(front);
    byX.sort(Comparator.comparingDouble(p -> p[0]));
    double area = 0;
    double top = reference[1];
    for (double[] point : byX) {
      if (point[1] < top) {
        area += (reference[0] - point[0]) * (top - point[1]);
        top = point[1];
      }
    }
    return area;
  }

  private static double[] worse(double[] a, double[] b, int objectives) {
    double[] worse = new double[objectives];
    for (int d = 0; d < objectives; d++) {
      worse[d] = Math.max(a[d], b[d]);
    }
    return worse;
  }

  /** Points that no other dominates; of equal ones, the first. */
  private static List<double[]> nonDominated(List<double[]> points, int objectives) {
    double[][] sorted = points.toArray(double[][]::new);
    Arrays.sort(sorted, (a, b) -> Arrays.compare(a, 0, objectives, b, 0, objectives));
    List<double[]> front = new ArrayList<>();
    for (double[] point : sorted) {
      if (front.stream().noneMatch(other -> noWorse(other, point, objectives))) {
        front.add(point);
      }
    }
    return front;
  }

  private static boolean noWorse(double[] a, double[] b, int objectives) {
    for (int d = 0; d < objectives; d++) {
      if (a[d] > b[d]) {
        return false;
      }
    }
    return true;
  }
}
