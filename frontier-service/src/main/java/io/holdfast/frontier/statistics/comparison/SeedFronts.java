package io.holdfast.frontier.statistics.comparison;

import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.front.Hypervolume;
import io.holdfast.frontier.statistics.front.NonDominated;
import io.holdfast.frontier.statistics.uncertainty.SeedValue;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One recipe's front of every seed. A seed without a measured point is absent.
 *
 * @param bySeed optimal points as rows
 * @param volumes their dominated hypervolume below the study's reference
 */
public record SeedFronts(SortedMap<Long, double[][]> bySeed, SortedMap<Long, Double> volumes) {

  public SeedFronts {
    bySeed = Collections.unmodifiableSortedMap(new TreeMap<>(bySeed));
    volumes = Collections.unmodifiableSortedMap(new TreeMap<>(volumes));
  }

  /** The fronts of a recipe's own points. */
  public static SeedFronts of(List<LineagePoint> own, Objectives objectives, double[] reference) {
    Map<Long, List<LineagePoint>> bySeed =
        own.stream()
            .filter(objectives::measured)
            .collect(Collectors.groupingBy(LineagePoint::seed));
    SortedMap<Long, double[][]> fronts = new TreeMap<>();
    SortedMap<Long, Double> volumes = new TreeMap<>();
    bySeed.forEach(
        (seed, points) -> {
          double[][] front = NonDominated.pointsOf(objectives.rows(points));
          fronts.put(seed, front);
          volumes.put(seed, Hypervolume.of(front, reference));
        });
    return new SeedFronts(fronts, volumes);
  }

  /** Whether no seed has a measured point. */
  public boolean isEmpty() {
    return bySeed.isEmpty();
  }

  /** Each seed's hypervolume. */
  public List<SeedValue> volumesBySeed() {
    return volumes.entrySet().stream().map(e -> new SeedValue(e.getKey(), e.getValue())).toList();
  }

  /** Each common seed's hypervolume less the other's. */
  public List<SeedValue> volumesOver(SeedFronts other) {
    return volumes.entrySet().stream()
        .filter(e -> other.volumes.containsKey(e.getKey()))
        .map(e -> new SeedValue(e.getKey(), e.getValue() - other.volumes.get(e.getKey())))
        .toList();
  }
}
