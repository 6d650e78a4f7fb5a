package io.holdfast.frontier.statistics.uncertainty;

import io.holdfast.frontier.statistics.front.IndexOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Holm's step-down correction (Scand. J. Statist. 6, 1979): the chance of one or more wrong
 * rejections among all tests stays at the level, whatever their dependence.
 */
public final class Holm {

  private Holm() {}

  /** Adjusted p values, in the same order; a null, a test that could not be made, stays null. */
  public static List<Double> adjusted(List<Double> pValues) {
    double[] known = pValues.stream().filter(p -> p != null).mapToDouble(p -> p).toArray();
    int[] order = IndexOrder.of(known.length, (a, b) -> Double.compare(known[a], known[b]));
    double[] adjusted = new double[known.length];
    double largest = 0;
    for (int rank = 0; rank < order.length; rank++) {
      largest = Math.max(largest, Math.min(1, known[order[rank]] * (known.length - rank)));
      adjusted[order[rank]] = largest;
    }
    var next = Arrays.stream(adjusted).iterator();
    List<Double> result = new ArrayList<>();
    for (Double p : pValues) {
      result.add(p == null ? null : next.next());
    }
    return result;
  }
}
