package io.holdfast.frontier.statistics.uncertainty;

import io.holdfast.frontier.statistics.front.IndexOrder;

/** Rank correlations of two equally long rows; NaN when one of them does not vary. */
public final class RankCorrelation {

  private RankCorrelation() {}

  /** Spearman's ρ: Pearson's correlation of the ranks, ties sharing their mean rank. */
  public static double spearman(double[] x, double[] y) {
    double[] a = ranks(x);
    double[] b = ranks(y);
    double middle = (x.length + 1) / 2.0;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < a.length; i++) {
      xy += (a[i] - middle) * (b[i] - middle);
      xx += (a[i] - middle) * (a[i] - middle);
      yy += (b[i] - middle) * (b[i] - middle);
    }
    return xx == 0 || yy == 0 ? Double.NaN : xy / Math.sqrt(xx * yy);
  }

  /** Kendall's τ_b, which corrects for ties. */
  public static double kendall(double[] x, double[] y) {
    long agree = 0;
    long xDiffer = 0;
    long yDiffer = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = i + 1; j < x.length; j++) {
        int a = Double.compare(x[i], x[j]);
        int b = Double.compare(y[i], y[j]);
        agree += Integer.signum(a) * Integer.signum(b);
        xDiffer += a == 0 ? 0 : 1;
        yDiffer += b == 0 ? 0 : 1;
      }
    }
    return xDiffer == 0 || yDiffer == 0
        ? Double.NaN
        : agree / Math.sqrt((double) xDiffer * yDiffer);
  }

  private static double[] ranks(double[] values) {
    int[] order = IndexOrder.of(values.length, (a, b) -> Double.compare(values[a], values[b]));
    double[] ranks = new double[values.length];
    for (int from = 0; from < order.length; ) {
      int to = from;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + 1 + to) / 2.0;
      }
      from = to;
    }
    return ranks;
  }
}
