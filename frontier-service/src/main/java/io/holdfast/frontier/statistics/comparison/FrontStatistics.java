package io.holdfast.frontier.statistics.comparison;

import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.front.ReferencePoint;
import io.holdfast.frontier.statistics.uncertainty.Estimate;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fronts of all recipes in two to four losses.
 *
 * @param name of the objectives
 * @param metrics the losses' symbols
 * @param points measured points of all recipes
 * @param reference corner from which hypervolumes are measured, in nats per token
 * @param referenceRule how it follows from the points
 * @param hypervolumes by recipe: each seed's own front
 * @param differences every further recipe against the first
 */
public record FrontStatistics(
    String name,
    List<String> metrics,
    int points,
    List<Double> reference,
    String referenceRule,
    Map<String, Estimate> hypervolumes,
    List<FrontDifference> differences) {

  public FrontStatistics {
    metrics = List.copyOf(metrics);
    reference = List.copyOf(reference);
    hypervolumes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(hypervolumes));
    differences = List.copyOf(differences);
  }

  /** The statistics, or null when no point has all of these losses. */
  public static FrontStatistics of(
      Objectives objectives, RecipeFronts fronts, double margin, Resampling resampling) {
    if (fronts.points() == 0) {
      return null;
    }
    Map<String, Estimate> volumes = new LinkedHashMap<>();
    fronts
        .byRecipe()
        .forEach((name, own) -> volumes.put(name, Estimate.of(own.volumesBySeed(), resampling)));
    return new FrontStatistics(
        objectives.name(),
        objectives.metrics().stream().map(Metric::symbol).toList(),
        fronts.points(),
        Arrays.stream(fronts.reference()).boxed().toList(),
        ReferencePoint.RULE,
        volumes,
        againstFirst(fronts, margin, resampling));
  }

  private static List<FrontDifference> againstFirst(
      RecipeFronts fronts, double margin, Resampling resampling) {
    List<FrontDifference> differences = new ArrayList<>();
    for (String recipe : fronts.recipes().stream().skip(1).toList()) {
      FrontDifference difference =
          fronts.difference(recipe, fronts.recipes().getFirst(), margin, resampling);
      if (difference != null) {
        differences.add(difference);
      }
    }
    return differences;
  }
}
