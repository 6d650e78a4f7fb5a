package io.holdfast.frontier.recommendation;

import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Metric;

/**
 * Which setting of fine-tuning is best by the mean over seeds: the lowest weighted loss among those
 * that keep the limits; where none does, the one that exceeds them least.
 */
final class Selection {

  /** Leaves no seed out. */
  static final int ALL = -1;

  private final Preference preference;
  private final LineagePoint[][] points;

  /**
   * @param points by setting, then by seed
   */
  Selection(Preference preference, LineagePoint[][] points) {
    this.preference = preference;
    this.points = points;
  }

  /** Number of the best setting by all seeds but one. */
  int lowest(int without) {
    int best = 0;
    double bestExcess = Double.POSITIVE_INFINITY;
    double bestLoss = Double.POSITIVE_INFINITY;
    for (int i = 0; i < points.length; i++) {
      double excess = excess(points[i], without);
      double loss = mean(points[i], without);
      if (excess < bestExcess || (excess == bestExcess && loss < bestLoss)) {
        best = i;
        bestExcess = excess;
        bestLoss = loss;
      }
    }
    return best;
  }

  /** Weighted loss of the best setting by all seeds but one, over those seeds. */
  double lowestMean(int without) {
    return mean(points[lowest(without)], without);
  }

  private double mean(LineagePoint[] seeds, int without) {
    double sum = 0;
    for (int s = 0; s < seeds.length; s++) {
      sum += s == without ? 0 : preference.loss(seeds[s]);
    }
    return sum / (seeds.length - (without == ALL ? 0 : 1));
  }

  private double excess(LineagePoint[] seeds, int without) {
    double excess = 0;
    for (var limit : preference.limits().entrySet()) {
      excess += Math.max(0, mean(seeds, limit.getKey(), without) - limit.getValue());
    }
    return excess;
  }

  private static double mean(LineagePoint[] seeds, Metric metric, int without) {
    double sum = 0;
    for (int s = 0; s < seeds.length; s++) {
      sum += s == without ? 0 : seeds[s].nats(metric);
    }
    return sum / (seeds.length - (without == ALL ? 0 : 1));
  }
}
