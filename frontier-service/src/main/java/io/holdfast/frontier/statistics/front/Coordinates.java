package io.holdfast.frontier.statistics.front;

/** Checks rows of coordinates. */
final class Coordinates {

  private Coordinates() {}

  /** Refuses rows of different length and numbers that have no order. */
  static void require(double[][] points) {
    for (double[] point : points) {
      require(point, points[0].length);
    }
  }

  static void require(double[] point, int objectives) {
    if (point.length != objectives || objectives == 0) {
      throw new IllegalArgumentException(
          "%d coordinates where %d belong".formatted(point.length, objectives));
    }
    for (double value : point) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("not finite: " + value);
      }
    }
  }
}
