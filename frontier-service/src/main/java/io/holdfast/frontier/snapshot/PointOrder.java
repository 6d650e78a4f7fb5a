package io.holdfast.frontier.snapshot;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.Probe.Interpolated;
import io.holdfast.contracts.evaluation.Probe.Noisy;
import io.holdfast.frontier.lifecycle.StageState;
import io.holdfast.frontier.lifecycle.WantedScore;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** How a stage's points are listed. */
final class PointOrder {

  static final Comparator<EvaluationPoint> ASCENDING =
      Comparator.comparingInt(PointOrder::kind)
          .thenComparingDouble(PointOrder::value)
          .thenComparing(EvaluationPoint::label);

  private PointOrder() {}

  /**
   * A stage's points, less the marks that a trained one ended before; the final one is always one.
   */
  static List<EvaluationPoint> of(StageState state, Collection<WantedScore> wanted) {
    return Stream.concat(
            Stream.of(EvaluationPoint.FINAL),
            wanted.stream()
                .map(WantedScore::point)
                .filter(
                    point ->
                        !(state instanceof StageState.Trained trained && trained.lacks(point))))
        .distinct()
        .sorted(ASCENDING)
        .toList();
  }

  private static int kind(EvaluationPoint point) {
    return switch (point) {
      case EvaluationPoint.Final last -> 0;
      case EvaluationPoint.Mark mark -> 1;
      case Interpolated between -> 2;
      case Noisy noisy -> 3;
    };
  }

  private static double value(EvaluationPoint point) {
    return switch (point) {
      case EvaluationPoint.Final last -> 0;
      case EvaluationPoint.Mark mark -> mark.tokens();
      case Interpolated between -> between.share();
      case Noisy noisy -> noisy.sigma();
    };
  }
}
