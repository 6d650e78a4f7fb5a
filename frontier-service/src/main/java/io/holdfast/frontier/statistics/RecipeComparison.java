package io.holdfast.frontier.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything said about one recipe against the baseline, the study's first recipe.
 *
 * @param baseline the baseline's name
 * @param other the other recipe's name
 * @param retained L_ret at matched L_ft
 * @param pretrained L_pre at matched L_ft
 * @param immediate L_im, each seed's lowest over the recipe's post-trained checkpoints; null until
 *     a seed is measured under both
 */
public record RecipeComparison(
    String baseline,
    String other,
    MatchedComparison retained,
    MatchedComparison pretrained,
    PairedGap immediate) {

  /** Compares every further recipe with the first. */
  public static List<RecipeComparison> all(List<String> recipes, List<LineagePoint> points) {
    List<RecipeComparison> comparisons = new ArrayList<>();
    for (String other : recipes.stream().skip(1).toList()) {
      comparisons.add(of(recipes.getFirst(), other, points));
    }
    return comparisons;
  }

  private static RecipeComparison of(String baseline, String other, List<LineagePoint> points) {
    List<LineagePoint> left = points.stream().filter(p -> p.recipe().equals(baseline)).toList();
    List<LineagePoint> right = points.stream().filter(p -> p.recipe().equals(other)).toList();
    return new RecipeComparison(
        baseline,
        other,
        MatchedComparison.of(Metric.FINE_TUNED, Metric.RETAINED, left, right),
        MatchedComparison.of(Metric.FINE_TUNED, Metric.PRETRAINED, left, right),
        immediate(left, right));
  }

  private static PairedGap immediate(List<LineagePoint> left, List<LineagePoint> right) {
    Map<Long, Double> leftLowest = lowestImmediate(left);
    Map<Long, Double> rightLowest = lowestImmediate(right);
    List<SeedPair> pairs = new ArrayList<>();
    leftLowest.forEach(
        (seed, value) -> {
          if (rightLowest.containsKey(seed)) {
            pairs.add(new SeedPair(seed, value, rightLowest.get(seed)));
          }
        });
    return pairs.isEmpty() ? null : PairedGap.of(null, pairs);
  }

  private static Map<Long, Double> lowestImmediate(List<LineagePoint> points) {
    Map<Long, Double> lowest = new TreeMap<>();
    points.stream()
        .filter(p -> p.has(Metric.IMMEDIATE))
        .forEach(p -> lowest.merge(p.seed(), p.nats(Metric.IMMEDIATE), Math::min));
    return lowest;
  }
}
