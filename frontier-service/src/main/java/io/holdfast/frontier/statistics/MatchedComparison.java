package io.holdfast.frontier.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Two recipes compared on one loss where another loss is equal, seed by seed.
 *
 * <p>The rule: for each seed and recipe, take the Pareto-optimal checkpoints in (matched, compared)
 * and join them with straight lines. Read both recipes' curves at five equally spaced values of the
 * matched loss inside the range that all curves of all paired seeds cover. Nothing is extrapolated;
 * without a common range there are no matched values.
 *
 * @param matched the loss held equal
 * @param compared the loss read off
 * @param at the comparison at each matched value, from low to high; empty without a common range
 * @param overOwnRanges the mean height of both curves over the range that the seed's own two curves
 *     share, so that a seed with a narrow range narrows no other; null without any such seed
 * @param pairedSeeds seeds that both recipes have
 * @param seedsWithoutOverlap paired seeds whose own two curves share no range
 */
public record MatchedComparison(
    Metric matched,
    Metric compared,
    List<PairedGap> at,
    PairedGap overOwnRanges,
    List<Long> pairedSeeds,
    List<Long> seedsWithoutOverlap) {

  /** Matched values, both ends of the common range included. */
  static final int VALUES = 5;

  public MatchedComparison {
    at = List.copyOf(at);
    pairedSeeds = List.copyOf(pairedSeeds);
    seedsWithoutOverlap = List.copyOf(seedsWithoutOverlap);
  }

  /** Compares {@code other} with {@code baseline} on points that may still miss losses. */
  public static MatchedComparison of(
      Metric matched, Metric compared, List<LineagePoint> baseline, List<LineagePoint> other) {
    List<SeedCurves> pairs =
        paired(curves(matched, compared, baseline), curves(matched, compared, other));
    List<SeedCurves> overlapping = pairs.stream().filter(SeedCurves::overlap).toList();
    return new MatchedComparison(
        matched,
        compared,
        atCommonValues(pairs),
        overlapping.isEmpty()
            ? null
            : PairedGap.of(null, overlapping.stream().map(SeedCurves::means).toList()),
        pairs.stream().map(SeedCurves::seed).toList(),
        pairs.stream().filter(pair -> !pair.overlap()).map(SeedCurves::seed).toList());
  }

  private static List<PairedGap> atCommonValues(List<SeedCurves> pairs) {
    double from = pairs.stream().mapToDouble(SeedCurves::from).max().orElse(Double.NaN);
    double to = pairs.stream().mapToDouble(SeedCurves::to).min().orElse(Double.NaN);
    List<PairedGap> gaps = new ArrayList<>();
    for (double value : values(from, to)) {
      gaps.add(PairedGap.of(value, pairs.stream().map(pair -> pair.at(value)).toList()));
    }
    return gaps;
  }

  private static double[] values(double from, double to) {
    if (from == to) {
      return new double[] {from};
    }
    if (!(from < to)) {
      return new double[0];
    }
    double[] values = new double[VALUES];
    for (int i = 0; i < VALUES; i++) {
      // The upper end is taken as it is: a rounded one could fall outside a curve.
      values[i] = i == VALUES - 1 ? to : from + (to - from) * i / (VALUES - 1);
    }
    return values;
  }

  private static List<SeedCurves> paired(
      Map<Long, FrontCurve> baseline, Map<Long, FrontCurve> other) {
    return baseline.entrySet().stream()
        .filter(entry -> other.containsKey(entry.getKey()))
        .map(entry -> new SeedCurves(entry.getKey(), entry.getValue(), other.get(entry.getKey())))
        .toList();
  }

  private static Map<Long, FrontCurve> curves(
      Metric matched, Metric compared, List<LineagePoint> points) {
    Map<Long, List<LineagePoint>> bySeed =
        points.stream()
            .filter(p -> p.has(matched, compared))
            .collect(Collectors.groupingBy(LineagePoint::seed, TreeMap::new, Collectors.toList()));
    Map<Long, FrontCurve> curves = new TreeMap<>();
    bySeed.forEach(
        (seed, own) ->
            curves.put(
                seed,
                FrontCurve.through(
                    own.stream().mapToDouble(p -> p.nats(matched)).toArray(),
                    own.stream().mapToDouble(p -> p.nats(compared)).toArray())));
    return curves;
  }

  /** One seed's two curves and the range they share. */
  private record SeedCurves(long seed, FrontCurve baseline, FrontCurve other) {

    double from() {
      return Math.max(baseline.from(), other.from());
    }

    double to() {
      return Math.min(baseline.to(), other.to());
    }

    boolean overlap() {
      return from() <= to();
    }

    SeedPair at(double value) {
      return new SeedPair(seed, baseline.at(value).orElseThrow(), other.at(value).orElseThrow());
    }

    SeedPair means() {
      return new SeedPair(seed, baseline.mean(from(), to()), other.mean(from(), to()));
    }
  }
}
