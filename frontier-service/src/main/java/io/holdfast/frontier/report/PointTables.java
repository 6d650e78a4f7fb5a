package io.holdfast.frontier.report;

import io.holdfast.frontier.report.document.Table;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.Projection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Every measured point, and the held-out samples behind them. */
final class PointTables {

  private PointTables() {}

  static Table points(StudySnapshot study) {
    List<LineagePoint> points = study.points();
    Set<LineagePoint> retention = fronts(study, Projection.RETENTION, points);
    Set<LineagePoint> pretraining = fronts(study, Projection.PRETRAINING, points);
    Table table =
        new Table(
                "Every point (nats per token ± standard error over held-out windows; ● marks the"
                    + " recipe’s pooled front)")
            .text("recipe")
            .number("seed")
            .text("settings")
            .number("L_ft", "L_ret", "L_im", "L_pre")
            .text("(L_ret, L_ft)", "(L_pre, L_ret)");
    for (LineagePoint point : sorted(study, points)) {
      table.row(
          point.recipe(),
          String.valueOf(point.seed()),
          point.label(),
          Numbers.loss(point.losses().get(Metric.FINE_TUNED)),
          Numbers.loss(point.losses().get(Metric.RETAINED)),
          Numbers.loss(point.losses().get(Metric.IMMEDIATE)),
          Numbers.loss(point.losses().get(Metric.PRETRAINED)),
          retention.contains(point) ? "●" : "",
          pretraining.contains(point) ? "●" : "");
    }
    return table;
  }

  /** Scored tokens and windows are the same for all points of a loss, or the ranges are shown. */
  static Table samples(StudySnapshot study) {
    Table table =
        new Table("Held-out samples behind each loss")
            .text("loss", "what it is")
            .number("points", "tokens scored", "windows (n of the standard error)");
    for (Metric metric : Metric.values()) {
      List<LineagePoint> known = study.points().stream().filter(p -> p.has(metric)).toList();
      table.row(
          metric.symbol(),
          metric.meaning(),
          String.valueOf(known.size()),
          range(known.stream().mapToLong(p -> p.losses().get(metric).tokens()).toArray()),
          range(known.stream().mapToLong(p -> p.losses().get(metric).windows()).toArray()));
    }
    return table;
  }

  static List<LineagePoint> sorted(StudySnapshot study, List<LineagePoint> points) {
    List<LineagePoint> sorted = new ArrayList<>(points);
    sorted.sort(
        Comparator.<LineagePoint>comparingInt(p -> study.recipes().indexOf(p.recipe()))
            .thenComparingLong(LineagePoint::seed)
            .thenComparing(
                p -> p.natsOrNull(Metric.FINE_TUNED),
                Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(LineagePoint::label));
    return sorted;
  }

  private static Set<LineagePoint> fronts(
      StudySnapshot study, Projection projection, List<LineagePoint> points) {
    Set<LineagePoint> fronts = new HashSet<>();
    study.recipes().forEach(recipe -> fronts.addAll(projection.frontOf(recipe, points)));
    return fronts;
  }

  private static String range(long[] values) {
    long low = java.util.Arrays.stream(values).min().orElse(0);
    long high = java.util.Arrays.stream(values).max().orElse(0);
    return low == high ? Numbers.count(low) : Numbers.count(low) + " – " + Numbers.count(high);
  }
}
