package io.holdfast.frontier.conductor;

import io.holdfast.contracts.event.FrontierUpdated;
import io.holdfast.contracts.event.FrontierUpdated.Point;
import io.holdfast.frontier.replica.Placed;
import io.holdfast.frontier.replica.StudyPoints;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.Projection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A study's points as others are told of them. */
final class FrontierEvent {

  /** Of a larger study only the fronts are told, so that an event does not grow with the study. */
  static final int WHOLE = 500;

  /** Kafka takes events up to 1 MB; a point has about 300 bytes. */
  private static final int MOST_POINTS = 2_500;

  private FrontierEvent() {}

  /** All points; of a study with very many, those on a front. */
  static FrontierUpdated of(String studyId, long revision, StudyPoints study) {
    Set<Place> retention = places(study, Projection.RETENTION);
    Set<Place> pretraining = places(study, Projection.PRETRAINING);
    Stream<Placed> told =
        study.size() <= WHOLE
            ? study.all()
            : Stream.of(Projection.values())
                .flatMap(study::onFront)
                .distinct()
                .sorted(Placed.IN_ORDER);
    return new FrontierUpdated(
        studyId,
        revision,
        told.limit(MOST_POINTS)
            .map(
                p ->
                    point(
                        p.point(),
                        retention.contains(Place.of(p)),
                        pretraining.contains(Place.of(p))))
            .toList());
  }

  /** Cheaper to compare than the point that is there. */
  private record Place(int lineage, int position) {
    static Place of(Placed placed) {
      return new Place(placed.lineage(), placed.position());
    }
  }

  private static Set<Place> places(StudyPoints study, Projection plane) {
    return study.onFront(plane).map(Place::of).collect(Collectors.toSet());
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
