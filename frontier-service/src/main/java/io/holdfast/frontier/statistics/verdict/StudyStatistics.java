package io.holdfast.frontier.statistics.verdict;

import io.holdfast.contracts.study.Claim;
import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.Projection;
import io.holdfast.frontier.statistics.comparison.FrontBand;
import io.holdfast.frontier.statistics.comparison.FrontStatistics;
import io.holdfast.frontier.statistics.comparison.MatchedGain;
import io.holdfast.frontier.statistics.comparison.Objectives;
import io.holdfast.frontier.statistics.comparison.RecipeFronts;
import io.holdfast.frontier.statistics.design.Allocation;
import io.holdfast.frontier.statistics.design.Factorial;
import io.holdfast.frontier.statistics.design.Latency;
import io.holdfast.frontier.statistics.design.LevelTable;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Everything that is said about a study beyond its points.
 *
 * @param seeds seeds with a measured point
 * @param marginNats differences smaller than this are no win
 * @param resampling of all bootstrap intervals
 * @param verdicts on the study's claims
 * @param fronts in two, three and four losses
 * @param bands by plane, then by recipe
 * @param gains every further recipe against the first, either loss held equal
 * @param latency what L_im says about L_ret, or null with fewer than two upstream choices
 * @param allocations losses along every knob with three or more levels
 * @param factorials effects of knobs that are crossed with each other
 */
public record StudyStatistics(
    int seeds,
    double marginNats,
    Resampling resampling,
    List<ClaimVerdict> verdicts,
    List<FrontStatistics> fronts,
    Map<Projection, List<FrontBand>> bands,
    List<MatchedGain> gains,
    Latency latency,
    List<Allocation> allocations,
    List<Factorial> factorials) {

  /** What is matched, and what is read off there. */
  private static final List<Map.Entry<Metric, Metric>> MATCHED =
      List.of(
          Map.entry(Metric.FINE_TUNED, Metric.RETAINED),
          Map.entry(Metric.RETAINED, Metric.FINE_TUNED),
          Map.entry(Metric.FINE_TUNED, Metric.PRETRAINED));

  public StudyStatistics {
    verdicts = List.copyOf(verdicts);
    fronts = List.copyOf(fronts);
    gains = List.copyOf(gains);
    allocations = List.copyOf(allocations);
    factorials = List.copyOf(factorials);
  }

  /** All statistics of a study as it stands. */
  public static StudyStatistics of(StudyTrials study, List<Claim> claims) {
    return new StudyStatistics(
        (int)
            study.points().stream()
                .filter(p -> p.has(Metric.RETAINED))
                .map(LineagePoint::seed)
                .distinct()
                .count(),
        Claim.DEFAULT_MARGIN_NATS,
        study.resampling(),
        ClaimTests.verdicts(study, claims),
        fronts(study),
        bands(study),
        gains(study),
        Latency.of(study.ends(), study.resampling()),
        allocations(study),
        factorials(study));
  }

  private static List<FrontStatistics> fronts(StudyTrials study) {
    return Objectives.standard().stream()
        .map(
            objectives ->
                FrontStatistics.of(
                    objectives,
                    RecipeFronts.of(objectives, study.recipes(), study.points()),
                    Claim.DEFAULT_MARGIN_NATS,
                    study.resampling()))
        .filter(Objects::nonNull)
        .toList();
  }

  /** Where each recipe's fronts run in both planes. */
  public static Map<Projection, List<FrontBand>> bands(StudyTrials study) {
    Map<String, List<LineagePoint>> byRecipe =
        study.points().stream().collect(Collectors.groupingBy(LineagePoint::recipe));
    Map<Projection, List<FrontBand>> bands = new LinkedHashMap<>();
    for (Projection plane : Projection.values()) {
      bands.put(
          plane,
          study.recipes().stream()
              .map(r -> FrontBand.of(r, plane, byRecipe.getOrDefault(r, List.of())))
              .toList());
    }
    return bands;
  }

  private static List<MatchedGain> gains(StudyTrials study) {
    List<MatchedGain> gains = new ArrayList<>();
    for (String recipe : study.recipes().stream().skip(1).toList()) {
      for (var losses : MATCHED) {
        gains.add(
            MatchedGain.of(
                recipe,
                study.recipes().getFirst(),
                losses.getKey(),
                losses.getValue(),
                study.points(),
                study.resampling()));
      }
    }
    return gains;
  }

  private static List<Allocation> allocations(StudyTrials study) {
    List<Allocation> allocations = new ArrayList<>();
    for (Knob knob : Knob.values()) {
      for (Metric loss : Metric.values()) {
        Allocation fit = Allocation.of(LevelTable.of(study.ends(), knob, loss), study.resampling());
        if (fit != null) {
          allocations.add(fit);
        }
      }
    }
    return allocations;
  }

  private static List<Factorial> factorials(StudyTrials study) {
    RecipeFronts fronts = study.fronts(Projection.RETENTION);
    return fronts.points() == 0
        ? List.of()
        : Factorial.all(study.ends(), fronts.reference(), study.resampling());
  }
}
