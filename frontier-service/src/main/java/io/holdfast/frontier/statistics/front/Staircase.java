package io.holdfast.frontier.statistics.front;

import java.util.Arrays;

/**
 * The union of the boxes [x, right] × [y, top] of points in a plane, as the steps of its lower left
 * boundary in flat arrays: x ascends strictly, y descends strictly.
 */
final class Staircase {

  private double[] xs = new double[16];
  private double[] ys = new double[16];
  private int size;
  private double right;
  private double top;

  /** Empties it and sets the upper corner of all boxes. */
  void reset(double right, double top) {
    this.right = right;
    this.top = top;
    this.size = 0;
  }

  /** Adds a point below the upper corner, and says by how much the union grew. */
  double add(double x, double y) {
    int at = firstAtLeast(x);
    double height = at == 0 ? top : ys[at - 1];
    if (height <= y || at < size && xs[at] == x && ys[at] <= y) {
      return 0;
    }
    double gained = 0;
    double left = x;
    int end = at;
    for (; end < size && ys[end] >= y; end++) {
      gained += (xs[end] - left) * (height - y);
      left = xs[end];
      height = ys[end];
    }
    gained += ((end < size ? xs[end] : right) - left) * (height - y);
    replace(at, end, x, y);
    return gained;
  }

  private int firstAtLeast(double x) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (xs[middle] < x) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Puts one step in the place of those from {@code at} to before {@code end}. */
  private void replace(int at, int end, double x, double y) {
    int grown = size + 1 - (end - at);
    if (grown > xs.length) {
      xs = Arrays.copyOf(xs, 2 * grown);
      ys = Arrays.copyOf(ys, 2 * grown);
    }
    if (end != at + 1) {
      System.arraycopy(xs, end, xs, at + 1, size - end);
      System.arraycopy(ys, end, ys, at + 1, size - end);
    }
    xs[at] = x;
    ys[at] = y;
    size = grown;
  }
}
