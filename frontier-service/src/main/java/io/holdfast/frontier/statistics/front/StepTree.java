package io.holdfast.frontier.statistics.front;

import java.util.Map;
import java.util.TreeMap;

/**
 * What {@link Staircase} is, in a balanced tree: n additions take O(n log n) whatever the order.
 */
final class StepTree {

  private final TreeMap<Double, Double> steps = new TreeMap<>();
  private final double right;
  private final double top;

  StepTree(double right, double top) {
    this.right = right;
    this.top = top;
  }

  /** Adds a point below the upper corner, and says by how much the union grew. */
  double add(double x, double y) {
    double key = x + 0.0;
    Map.Entry<Double, Double> before = steps.floorEntry(key);
    double height = before == null ? top : before.getValue();
    if (height <= y) {
      return 0;
    }
    double gained = 0;
    double left = x;
    Map.Entry<Double, Double> next =
        before != null && before.getKey() == key ? before : steps.higherEntry(key);
    for (; next != null && next.getValue() >= y; next = steps.higherEntry(next.getKey())) {
      gained += (next.getKey() - left) * (height - y);
      left = next.getKey();
      height = next.getValue();
      steps.remove(next.getKey());
    }
    gained += ((next == null ? right : next.getKey()) - left) * (height - y);
    steps.put(key, y);
    return gained;
  }
}
