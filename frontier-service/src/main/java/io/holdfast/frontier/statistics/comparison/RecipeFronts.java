package io.holdfast.frontier.statistics.comparison;

import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.front.ReferencePoint;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Every recipe's fronts, measured from one corner.
 *
 * @param recipes in the study's order
 * @param byRecipe their fronts; those without a measured point are absent
 * @param reference the corner; empty without any point
 * @param points measured points of all recipes
 */
public record RecipeFronts(
    List<String> recipes, Map<String, SeedFronts> byRecipe, double[] reference, int points) {

  /** The fronts of recipes in the study's order; those without a measured point are absent. */
  public static RecipeFronts of(
      Objectives objectives, List<String> recipes, List<LineagePoint> points) {
    double[][] rows = objectives.rows(points);
    double[] reference = rows.length == 0 ? new double[0] : ReferencePoint.of(rows);
    Map<String, List<LineagePoint>> grouped =
        points.stream().collect(Collectors.groupingBy(LineagePoint::recipe));
    Map<String, SeedFronts> fronts = new LinkedHashMap<>();
    for (String recipe : recipes) {
      SeedFronts own =
          SeedFronts.of(grouped.getOrDefault(recipe, List.of()), objectives, reference);
      if (!own.isEmpty()) {
        fronts.put(recipe, own);
      }
    }
    return new RecipeFronts(List.copyOf(recipes), fronts, reference, rows.length);
  }

  /** One recipe against another, or null without a measured seed in common. */
  public FrontDifference difference(
      String recipe, String over, double margin, Resampling resampling) {
    SeedFronts own = byRecipe.get(recipe);
    SeedFronts other = byRecipe.get(over);
    return own == null || other == null
        ? null
        : FrontDifference.of(recipe, own, over, other, margin, resampling);
  }
}
