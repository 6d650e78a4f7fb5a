package io.holdfast.frontier.statistics.comparison;

import io.holdfast.frontier.statistics.uncertainty.Estimate;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import io.holdfast.frontier.statistics.uncertainty.SeedValue;
import java.util.List;

/**
 * One recipe's fronts against another's.
 *
 * @param recipe the one
 * @param over the other
 * @param hypervolume dominated hypervolume of the one less the other's, paired by seed; positive
 *     when the one dominates more
 * @param dominance how often it dominates by more than noise
 */
public record FrontDifference(
    String recipe, String over, Estimate hypervolume, Dominance dominance) {

  /** The difference, or null when the recipes have no measured seed in common. */
  public static FrontDifference of(
      String recipe,
      SeedFronts own,
      String over,
      SeedFronts other,
      double margin,
      Resampling resampling) {
    List<SeedValue> volumes = own.volumesOver(other);
    return volumes.isEmpty()
        ? null
        : new FrontDifference(
            recipe,
            over,
            Estimate.of(volumes, resampling),
            Dominance.of(own, other, margin, resampling));
  }
}
