package io.holdfast.frontier.report;

import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.RecipeComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the numbers do not say by themselves. */
final class Cautions {

  private static final int FEW_SEEDS = 5;
  private static final int FEW_POINTS = 5;

  private Cautions() {}

  static List<String> of(
      StudySnapshot study, List<LineagePoint> points, List<RecipeComparison> comparisons) {
    List<String> cautions = new ArrayList<>();
    int seeds = (int) points.stream().map(LineagePoint::seed).distinct().count();
    if (!comparisons.isEmpty() && seeds < FEW_SEEDS) {
      cautions.add(
          "n = %d. The intervals are Student's t over seeds and assume roughly normal gaps; with so few seeds they are wide, and several matched values are not independent tests."
              .formatted(seeds));
    }
    fewestPoints(points)
        .ifPresent(
            fewest ->
                cautions.add(
                    "A seed's front has as few as %d checkpoints; values between them are straight-line interpolation, so look at the raw points too."
                        .formatted(fewest)));
    for (RecipeComparison comparison : comparisons) {
      unequalTokens(study, comparison).ifPresent(cautions::add);
    }
    return cautions;
  }

  private static java.util.Optional<Integer> fewestPoints(List<LineagePoint> points) {
    Map<String, Long> counts =
        points.stream()
            .filter(p -> p.has(Metric.FINE_TUNED, Metric.RETAINED))
            .collect(
                Collectors.groupingBy(
                    p -> p.recipe() + "\n" + p.seed(), TreeMap::new, Collectors.counting()));
    return counts.values().stream()
        .min(Long::compare)
        .filter(fewest -> fewest < FEW_POINTS)
        .map(Long::intValue);
  }

  /** Recipes that train on more tokens may do better for that reason alone. */
  private static java.util.Optional<String> unequalTokens(
      StudySnapshot study, RecipeComparison comparison) {
    LineageCost cost = new LineageCost(study);
    var baseline = cost.upstreamTokens(comparison.baseline());
    var other = cost.upstreamTokens(comparison.other());
    if (baseline.isEmpty() || other.isEmpty()) {
      return java.util.Optional.empty();
    }
    double difference = other.getAsDouble() / baseline.getAsDouble() - 1;
    if (Math.abs(difference) < 0.005) {
      return java.util.Optional.empty();
    }
    return java.util.Optional.of(
        "Before fine-tuning, a lineage of “%s” trained on %s tokens and one of “%s” on %s (%s %%): the recipes are not equal in training tokens."
            .formatted(
                comparison.other(),
                Numbers.shortCount(other.getAsDouble()),
                comparison.baseline(),
                Numbers.shortCount(baseline.getAsDouble()),
                (difference > 0 ? "+" : "−")
                    + Numbers.setting(Math.round(Math.abs(difference) * 1000) / 10.0)));
  }
}
