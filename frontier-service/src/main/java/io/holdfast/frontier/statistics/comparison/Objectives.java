package io.holdfast.frontier.statistics.comparison;

import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.Projection;
import java.util.List;

/**
 * Losses that are looked at together; lower is better in each.
 *
 * @param name in results
 * @param metrics two to four different losses
 */
public record Objectives(String name, List<Metric> metrics) {

  /** The fine-tuned model's three losses. */
  public static final Objectives AFTER_FINE_TUNING =
      new Objectives(
          "AFTER_FINE_TUNING", List.of(Metric.FINE_TUNED, Metric.RETAINED, Metric.PRETRAINED));

  /** All four losses. */
  public static final Objectives ALL_LOSSES =
      new Objectives(
          "ALL_LOSSES",
          List.of(Metric.FINE_TUNED, Metric.RETAINED, Metric.PRETRAINED, Metric.IMMEDIATE));

  public Objectives {
    metrics = List.copyOf(metrics);
    if (metrics.size() < 2 || metrics.stream().distinct().count() < metrics.size()) {
      throw new IllegalArgumentException("two or more different losses: " + metrics);
    }
  }

  /** A plane's two losses, the horizontal one first. */
  public static Objectives of(Projection plane) {
    return new Objectives(plane.name(), List.of(plane.x(), plane.y()));
  }

  /** What every study is measured in. */
  public static List<Objectives> standard() {
    return List.of(
        of(Projection.RETENTION), of(Projection.PRETRAINING), AFTER_FINE_TUNING, ALL_LOSSES);
  }

  /** The points whose losses are all known, as rows. */
  public double[][] rows(List<LineagePoint> points) {
    return points.stream().filter(this::measured).map(this::row).toArray(double[][]::new);
  }

  /** Whether all these losses of a point are known. */
  public boolean measured(LineagePoint point) {
    return metrics.stream().allMatch(point::has);
  }

  private double[] row(LineagePoint point) {
    return metrics.stream().mapToDouble(point::nats).toArray();
  }
}
