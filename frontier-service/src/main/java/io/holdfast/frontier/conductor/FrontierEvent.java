package io.holdfast.frontier.conductor;

import io.holdfast.contracts.event.FrontierUpdated;
import io.holdfast.contracts.event.FrontierUpdated.Point;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.Projection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A study's points as others are told of them. */
final class FrontierEvent {

  /** Kafka takes events up to 1 MB; a point has about 300 bytes. */
  private static final int MOST_POINTS = 2_500;

  private FrontierEvent() {}

  /** All points; of a study with very many, those on a front. */
  static FrontierUpdated of(StudySnapshot study) {
    List<LineagePoint> points = study.points();
    Set<LineagePoint> retention = fronts(study, Projection.RETENTION, points);
    Set<LineagePoint> pretraining = fronts(study, Projection.PRETRAINING, points);
    return new FrontierUpdated(
        study.id(),
        study.revision(),
        points.stream()
            .map(p -> point(p, retention.contains(p), pretraining.contains(p)))
            .filter(
                p ->
                    points.size() <= MOST_POINTS
                        || p.onRetentionFrontier()
                        || p.onPretrainingFrontier())
            .limit(MOST_POINTS)
            .toList());
  }

  private static Point point(LineagePoint p, boolean retention, boolean pretraining) {
    return new Point(
        p.recipe(),
        p.seed(),
        p.stageId(),
        p.label(),
        p.point(),
        p.natsOrNull(Metric.IMMEDIATE),
        p.natsOrNull(Metric.RETAINED),
        p.natsOrNull(Metric.FINE_TUNED),
        p.natsOrNull(Metric.PRETRAINED),
        retention,
        pretraining);
  }

  private static Set<LineagePoint> fronts(
      StudySnapshot study, Projection projection, List<LineagePoint> points) {
    Set<LineagePoint> fronts = new HashSet<>();
    study.recipes().forEach(recipe -> fronts.addAll(projection.frontOf(recipe, points)));
    return fronts;
  }
}
