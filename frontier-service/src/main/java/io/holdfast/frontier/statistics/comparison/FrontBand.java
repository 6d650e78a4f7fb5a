package io.holdfast.frontier.statistics.comparison;

import io.holdfast.frontier.statistics.FrontCurve;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Projection;
import io.holdfast.frontier.statistics.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where the fronts of a recipe's seeds run in a plane, read off on a grid over the range that all
 * of them cover: the empirical attainment of the seeds (Fonseca and da Fonseca, EMO 2001) between
 * its extremes, and the mean with its 95 % t interval.
 *
 * @param recipe whose fronts
 * @param seeds number of fronts
 * @param at from left to right; empty for one seed, or when the fronts share no range
 */
public record FrontBand(String recipe, int seeds, List<AtValue> at) {

  /** Values of the grid. */
  static final int VALUES = 33;

  public FrontBand {
    at = List.copyOf(at);
  }

  /**
   * The heights of all seeds' fronts at one place.
   *
   * @param x horizontal loss
   * @param best lowest height: one seed attains it
   * @param median of the heights
   * @param worst highest height: all seeds attain it
   * @param mean of the heights
   * @param low lower end of the mean's 95 % t interval
   * @param high upper end likewise
   */
  public record AtValue(
      double x, double best, double median, double worst, double mean, double low, double high) {}

  /** The band of one recipe's own points. */
  public static FrontBand of(String recipe, Projection plane, List<LineagePoint> own) {
    Map<Long, List<LineagePoint>> bySeed =
        plane.measured(own).stream()
            .collect(Collectors.groupingBy(LineagePoint::seed, TreeMap::new, Collectors.toList()));
    List<FrontCurve> curves = bySeed.values().stream().map(points -> curve(plane, points)).toList();
    double from = curves.stream().mapToDouble(FrontCurve::from).max().orElse(Double.NaN);
    double to = curves.stream().mapToDouble(FrontCurve::to).min().orElse(Double.NaN);
    List<AtValue> at = new ArrayList<>();
    if (curves.size() > 1 && from < to) {
      for (int i = 0; i < VALUES; i++) {
        // The upper end is taken as it is: a rounded one could fall outside a curve.
        at.add(heights(curves, i == VALUES - 1 ? to : from + (to - from) * i / (VALUES - 1)));
      }
    }
    return new FrontBand(recipe, curves.size(), at);
  }

  private static FrontCurve curve(Projection plane, List<LineagePoint> points) {
    return FrontCurve.through(
        points.stream().mapToDouble(p -> p.nats(plane.x())).toArray(),
        points.stream().mapToDouble(p -> p.nats(plane.y())).toArray());
  }

  private static AtValue heights(List<FrontCurve> curves, double x) {
    double[] heights =
        curves.stream().mapToDouble(curve -> curve.at(x).orElseThrow()).sorted().toArray();
    Summary mean = Summary.of(Arrays.stream(heights).boxed().toList());
    int n = heights.length;
    return new AtValue(
        x,
        heights[0],
        (heights[(n - 1) / 2] + heights[n / 2]) / 2,
        heights[n - 1],
        mean.mean(),
        mean.low(),
        mean.high());
  }
}
