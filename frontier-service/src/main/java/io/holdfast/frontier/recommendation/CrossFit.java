package io.holdfast.frontier.recommendation;

import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Metric;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A candidate at its best setting of fine-tuning, without flattering it: the setting that a seed is
 * read at is chosen by the mean of the other seeds, so that no seed's luck is both the reason for a
 * choice and its measure (the smallest of several noisy means is too small; Smith and Winkler,
 * Management Science 52, 2006). Of one seed nothing can be left out, and it is read where it is
 * lowest.
 *
 * <p>Seeds that are read at settings chosen by each other are not quite independent. Where the
 * choices of u of n seeds differ from that of all, the standard error is widened by √(1 + u/(n−1)),
 * which is Nadeau and Bengio's correction (Machine Learning 52, 2003) where all differ, and nothing
 * where none does.
 *
 * @param candidate which
 * @param setting the setting that all seeds together choose
 * @param seeds in ascending order
 * @param loss the weighted loss of each seed where the others chose
 * @param lossAtSetting the same at {@code setting}
 * @param losses each known loss of each seed where the others chose
 * @param moved seeds whose others chose another setting than {@code setting}
 */
record CrossFit(
    Candidate candidate,
    String setting,
    long[] seeds,
    double[] loss,
    double[] lossAtSetting,
    Map<Metric, double[]> losses,
    int moved) {

  CrossFit {
    Map<Metric, double[]> ordered = new EnumMap<>(Metric.class);
    ordered.putAll(losses);
    losses = Collections.unmodifiableMap(ordered);
  }

  /** Fits a candidate that has all of the seeds. */
  static CrossFit of(Candidate candidate, Preference preference, long[] seeds) {
    List<String> settings = candidate.settings();
    LineagePoint[][] points = points(candidate, settings, seeds);
    Selection selection = new Selection(preference, points);
    int best = selection.lowest(Selection.ALL);
    LineagePoint[] read = new LineagePoint[seeds.length];
    int moved = 0;
    for (int s = 0; s < seeds.length; s++) {
      int chosen = seeds.length == 1 ? best : selection.lowest(s);
      read[s] = points[chosen][s];
      moved += chosen == best ? 0 : 1;
    }
    return new CrossFit(
        candidate,
        settings.get(best),
        seeds.clone(),
        Arrays.stream(read).mapToDouble(preference::loss).toArray(),
        Arrays.stream(points[best]).mapToDouble(preference::loss).toArray(),
        losses(read),
        moved);
  }

  private static LineagePoint[][] points(Candidate candidate, List<String> settings, long[] seeds) {
    LineagePoint[][] points = new LineagePoint[settings.size()][seeds.length];
    for (int i = 0; i < points.length; i++) {
      for (int s = 0; s < seeds.length; s++) {
        points[i][s] = candidate.points().get(settings.get(i)).get(seeds[s]);
      }
    }
    return points;
  }

  /** Its best weighted mean by all seeds but one, given by its number. */
  double lowestMean(Preference preference, int without) {
    return new Selection(preference, points(candidate, candidate.settings(), seeds))
        .lowestMean(without);
  }

  private static Map<Metric, double[]> losses(LineagePoint[] read) {
    Map<Metric, double[]> losses = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      if (Arrays.stream(read).allMatch(point -> point.has(metric))) {
        losses.put(metric, Arrays.stream(read).mapToDouble(p -> p.nats(metric)).toArray());
      }
    }
    return losses;
  }

  /** Whether the mean of every limited loss is within its limit. */
  boolean keeps(Map<Metric, Double> limits) {
    return limits.entrySet().stream()
        .allMatch(limit -> mean(losses.get(limit.getKey())) <= limit.getValue());
  }

  /** The weighted loss that is to be expected. */
  double mean() {
    return mean(loss);
  }

  /** What the standard error is multiplied by. */
  double widening() {
    return seeds.length == 1 ? 1 : Math.sqrt(1 + (double) moved / (seeds.length - 1));
  }

  static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }
}
