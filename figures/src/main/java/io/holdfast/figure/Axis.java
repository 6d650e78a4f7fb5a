package io.holdfast.figure;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A linear axis whose ticks fall on multiples of 1, 2, 2.5 or 5 times a power of ten.
 *
 * @param from left or lower end
 * @param to right or upper end
 * @param step distance of the ticks
 */
record Axis(double from, double to, double step) {

  private static final double MARGIN = 0.06;

  /** An axis that holds all values with a small margin; 0 to 1 for none. */
  static Axis over(DoubleStream values, int ticks) {
    DoubleSummaryStatistics seen = values.summaryStatistics();
    if (seen.getCount() == 0) {
      return new Axis(0, 1, 0.2);
    }
    double span = seen.getMax() - seen.getMin();
    if (span <= 0) {
      span = Math.max(Math.abs(seen.getMax()), 1) * 0.1;
    }
    double from = seen.getMin() - MARGIN * span;
    double to = seen.getMax() + MARGIN * span;
    return new Axis(from, to, niceStep((to - from) / ticks));
  }

  /** The axis with further room below, as a share of its length. */
  Axis lowered(double share) {
    return new Axis(from - share * (to - from), to, step);
  }

  private static double niceStep(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double factor : new double[] {1, 2, 2.5, 5}) {
      if (factor * power >= rough) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** Values of the ticks inside the axis. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(from / step); i * step <= to; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** A tick's text, with just the decimals that the step needs. */
  String label(double tick) {
    int decimals = 0;
    double scaled = step;
    while (Math.abs(scaled - Math.rint(scaled)) > 1e-6 * scaled) {
      scaled *= 10;
      decimals++;
    }
    return String.format(Locale.ROOT, "%." + decimals + "f", tick + 0.0);
  }

  /** Where a value lies: 0 at the start, 1 at the end. */
  double share(double value) {
    return (value - from) / (to - from);
  }
}
