package io.holdfast.frontier.statistics.front;

/**
 * The corner from which hypervolumes are measured, as a function of all of a study's points: in
 * every coordinate the worst value plus a tenth of the range, and at least {@value #LEAST} above
 * it. So every point adds volume, the extreme ones too, and recipes are measured from one corner.
 * It moves when a worse point comes in; hypervolumes of different revisions are not comparable.
 */
public final class ReferencePoint {

  /** Least distance from the worst value, in nats per token. */
  public static final double LEAST = 0.01;

  /** The rule in words, for results. */
  public static final String RULE =
      "worst value of all points of the study plus a tenth of their range, at least 0.01 nats above";

  private static final double SHARE = 0.1;

  private ReferencePoint() {}

  /** The corner of at least one point. */
  public static double[] of(double[][] points) {
    if (points.length == 0) {
      throw new IllegalArgumentException("a reference needs a point");
    }
    Coordinates.require(points);
    double[] reference = new double[points[0].length];
    for (int d = 0; d < reference.length; d++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (double[] point : points) {
        low = Math.min(low, point[d]);
        high = Math.max(high, point[d]);
      }
      reference[d] = high + Math.max(LEAST, SHARE * (high - low));
    }
    return reference;
  }
}
