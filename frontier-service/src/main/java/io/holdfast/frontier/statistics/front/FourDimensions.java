package io.holdfast.frontier.statistics.front;

import java.util.Arrays;

/**
 * The four-dimensional sweep. It keeps the points so far that are optimal in the first three
 * coordinates, by the third, in flat arrays.
 */
final class FourDimensions {

  private final double[] reference;
  private final Staircase covered = new Staircase();
  private double[] x = new double[16];
  private double[] y = new double[16];
  private double[] z = new double[16];
  private int size;

  private FourDimensions(double[] reference) {
    this.reference = reference;
  }

  /** The volume of points below the reference, given by their fourth coordinate. */
  static double volume(double[][] byW, double[] reference) {
    FourDimensions sweep = new FourDimensions(reference);
    double volume = 0;
    double slab = 0;
    for (int i = 0; i < byW.length; i++) {
      slab += sweep.add(byW[i][0], byW[i][1], byW[i][2]);
      double next = i + 1 < byW.length ? byW[i + 1][3] : reference[3];
      volume += slab * (next - byW[i][3]);
    }
    return volume;
  }

  /** Adds a point and says what volume it alone dominates in the first three coordinates. */
  private double add(double px, double py, double pz) {
    covered.reset(reference[0], reference[1]);
    double free = (reference[0] - px) * (reference[1] - py);
    int at = 0;
    for (; at < size && z[at] <= pz; at++) {
      if (x[at] <= px && y[at] <= py) {
        return 0;
      }
      free -= covered.add(Math.max(x[at], px), Math.max(y[at], py));
    }
    double volume = own(px, py, pz, at, free);
    insert(px, py, pz, at);
    return volume;
  }

  /** Sweeps up from the point: what it dominates alone shrinks with every point that it meets. */
  private double own(double px, double py, double pz, int from, double free) {
    double volume = 0;
    double bottom = pz;
    for (int i = from; i < size; i++) {
      volume += free * (z[i] - bottom);
      bottom = z[i];
      if (x[i] <= px && y[i] <= py) {
        return volume;
      }
      free -= covered.add(Math.max(x[i], px), Math.max(y[i], py));
    }
    return volume + free * (reference[2] - bottom);
  }

  /** Points above the new one in all three coordinates never matter again. */
  private void insert(double px, double py, double pz, int at) {
    int kept = at;
    for (int i = at; i < size; i++) {
      if (x[i] < px || y[i] < py) {
        x[kept] = x[i];
        y[kept] = y[i];
        z[kept] = z[i];
        kept++;
      }
    }
    size = kept;
    if (size == x.length) {
      x = Arrays.copyOf(x, 2 * size);
      y = Arrays.copyOf(y, 2 * size);
      z = Arrays.copyOf(z, 2 * size);
    }
    for (double[] column : new double[][] {x, y, z}) {
      System.arraycopy(column, at, column, at + 1, size - at);
    }
    x[at] = px;
    y[at] = py;
    z[at] = pz;
    size++;
  }
}
