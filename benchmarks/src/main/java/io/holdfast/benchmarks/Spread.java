package io.holdfast.benchmarks;

import java.util.List;
import java.util.Locale;

/** Minimum, median and maximum of a few measurements. */
record Spread(double min, double median, double max, int n) {

  static Spread of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(sorted[0], median, sorted[sorted.length - 1], sorted.length);
  }

  String format(String number) {
    return String.format(
        Locale.ROOT, number + " [" + number + "–" + number + "]", median, min, max);
  }
}
