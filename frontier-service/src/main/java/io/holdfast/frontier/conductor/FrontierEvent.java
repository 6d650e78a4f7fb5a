package io.holdfast.frontier.conductor;

import io.holdfast.contracts.event.FrontierUpdated;
import io.holdfast.contracts.event.FrontierUpdated.Point;
import io.holdfast.frontier.replica.Placed;
import io.holdfast.frontier.replica.StudyPoints;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.Projection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A study's points as others are told of them. */
final class FrontierEvent {

  /** Of a larger study only the fronts are told, so that an event does not grow with the study. */
  private static final int WHOLE = 500;

  /** Kafka takes events up to 1 MB; a point has 300 to 500 bytes. */
  private static final int MOST_POINTS = 1_000;

  private FrontierEvent() {}

  /**
   * All points; of a study with very many, the first of those on a front. A point that is told is
   * among the first of its recipe's front too, so no more than those need looking at.
   */
  static FrontierUpdated of(String studyId, long revision, StudyPoints study) {
    SortedSet<Placed> retention = first(study, Projection.RETENTION);
    SortedSet<Placed> pretraining = first(study, Projection.PRETRAINING);
    Stream<Placed> told =
        study.size() <= WHOLE
            ? study.all()
            : inOrder(Stream.concat(retention.stream(), pretraining.stream())).stream();
    return new FrontierUpdated(
        studyId,
        revision,
        told.limit(MOST_POINTS)
            .map(p -> point(p.point(), retention.contains(p), pretraining.contains(p)))
            .toList());
  }

  private static SortedSet<Placed> first(StudyPoints study, Projection plane) {
    return inOrder(study.onFront(plane, MOST_POINTS));
  }

  private static SortedSet<Placed> inOrder(Stream<Placed> points) {
    return points.collect(Collectors.toCollection(() -> new TreeSet<>(Placed.IN_ORDER)));
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
}
