package io.holdfast.frontier.snapshot;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.Probe.Interpolated;
import io.holdfast.contracts.evaluation.Probe.Noisy;
import java.util.Comparator;

/** How a stage's points are listed. */
final class PointOrder {

  static final Comparator<EvaluationPoint> ASCENDING =
      Comparator.comparingInt(PointOrder::kind)
          .thenComparingDouble(PointOrder::value)
          .thenComparing(EvaluationPoint::label);

  private PointOrder() {}

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
