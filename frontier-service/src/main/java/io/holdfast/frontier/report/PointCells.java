package io.holdfast.frontier.report;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.Probe.Interpolated;
import io.holdfast.contracts.evaluation.Probe.Noisy;
import java.util.Arrays;
import java.util.List;

/** A point as cells of a CSV row. */
final class PointCells {

  static final List<String> COLUMNS = List.of("point", "mark_tokens", "interpolation_share");
  static final List<String> NOISE_COLUMNS = List.of("noise_scale", "noise_sigma", "noise_seed");

  private PointCells() {}

  static String kind(EvaluationPoint point) {
    return switch (point) {
      case EvaluationPoint.Final last -> "final";
      case EvaluationPoint.Mark mark -> "mark";
      case Interpolated between -> "interpolated";
      case Noisy noisy -> "noisy";
    };
  }

  /** For {@link #COLUMNS}. */
  static List<Object> of(EvaluationPoint point) {
    return Arrays.asList(
        kind(point),
        point instanceof EvaluationPoint.Mark mark ? mark.tokens() : null,
        point instanceof Interpolated between ? between.share() : null);
  }

  /** For {@link #NOISE_COLUMNS}. */
  static List<Object> noise(EvaluationPoint point) {
    return point instanceof Noisy noisy
        ? List.of(noisy.scale(), noisy.sigma(), noisy.seed())
        : Arrays.asList(null, null, null);
  }
}
