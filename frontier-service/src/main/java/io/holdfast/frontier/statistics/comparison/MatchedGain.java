package io.holdfast.frontier.statistics.comparison;

import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.MatchedComparison;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.PairedGap;
import io.holdfast.frontier.statistics.uncertainty.Estimate;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import io.holdfast.frontier.statistics.uncertainty.SeedValue;
import java.util.List;

/**
 * What one recipe saves in a loss where another loss is equal, by the rule of {@link
 * MatchedComparison}. Positive gains are savings of the recipe.
 *
 * @param recipe the one
 * @param over the other
 * @param matched symbol of the loss held equal
 * @param compared symbol of the loss that is saved
 * @param overall mean gain over the range that each seed's own two curves share, in nats per token;
 *     null when no seed's curves share one
 * @param at gains at values that all curves of all seeds cover; empty without such a range
 * @param seedsWithoutOverlap paired seeds whose two curves share no range
 */
public record MatchedGain(
    String recipe,
    String over,
    String matched,
    String compared,
    Estimate overall,
    List<AtValue> at,
    List<Long> seedsWithoutOverlap) {

  public MatchedGain {
    at = List.copyOf(at);
    seedsWithoutOverlap = List.copyOf(seedsWithoutOverlap);
  }

  /** The gain where the matched loss has a value. */
  public record AtValue(double value, Estimate gain) {}

  /** The gain of {@code recipe} over {@code over}; their points may still miss losses. */
  public static MatchedGain of(
      String recipe,
      String over,
      Metric matched,
      Metric compared,
      List<LineagePoint> points,
      Resampling resampling) {
    MatchedComparison comparison =
        MatchedComparison.of(matched, compared, of(over, points), of(recipe, points));
    return new MatchedGain(
        recipe,
        over,
        matched.symbol(),
        compared.symbol(),
        comparison.overOwnRanges() == null
            ? null
            : estimate(comparison.overOwnRanges(), resampling),
        comparison.at().stream()
            .map(gap -> new AtValue(gap.matchedAt(), estimate(gap, resampling)))
            .toList(),
        comparison.seedsWithoutOverlap());
  }

  private static Estimate estimate(PairedGap gap, Resampling resampling) {
    return Estimate.of(
        gap.pairs().stream().map(pair -> new SeedValue(pair.seed(), pair.gap())).toList(),
        resampling);
  }

  private static List<LineagePoint> of(String recipe, List<LineagePoint> points) {
    return points.stream().filter(p -> p.recipe().equals(recipe)).toList();
  }
}
