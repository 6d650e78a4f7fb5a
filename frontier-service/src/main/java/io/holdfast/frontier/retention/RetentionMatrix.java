package io.holdfast.frontier.retention;

import io.holdfast.frontier.statistics.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The matrix of one recipe at one setting.
 *
 * @param recipe the recipe's name
 * @param settings the swept values that tell it from the recipe's other matrices; empty without
 * @param rows corpora first, then tasks
 * @param averageForgetting mean over corpora of each seed's forgetting, in nats, then over seeds;
 *     null until every seed's corpora that can have one do. Tasks are left out: their metrics have
 *     other units
 * @param averageBackwardTransfer BWT likewise
 */
public record RetentionMatrix(
    String recipe,
    String settings,
    List<RetentionRow> rows,
    Summary averageForgetting,
    Summary averageBackwardTransfer) {

  public RetentionMatrix {
    rows = List.copyOf(rows);
  }

  /** The matrix of lineages that differ in their seeds alone. */
  static RetentionMatrix of(
      String recipe, String settings, Map<Measure, List<Trajectory>> measured) {
    Map<Measure, List<Trajectory>> corpora = new LinkedHashMap<>(measured);
    corpora.keySet().removeIf(measure -> measure.learnedIn() == null);
    return new RetentionMatrix(
        recipe,
        settings,
        measured.entrySet().stream()
            .map(entry -> RetentionRow.of(entry.getKey(), entry.getValue()))
            .toList(),
        average(corpora, (trajectory, measure) -> trajectory.forgetting(measure)),
        average(corpora, (trajectory, measure) -> trajectory.backwardTransfer(measure)));
  }

  private interface Figure {
    OptionalDouble of(Trajectory trajectory, Measure measure);
  }

  /** Of those measures that have the figure at all, the mean within each seed that has them all. */
  private static Summary average(Map<Measure, List<Trajectory>> measured, Figure figure) {
    Map<Long, List<Double>> bySeed = new TreeMap<>();
    int measures = 0;
    for (var entry : measured.entrySet()) {
      boolean some = false;
      for (Trajectory trajectory : entry.getValue()) {
        OptionalDouble known = figure.of(trajectory, entry.getKey());
        if (known.isPresent()) {
          bySeed
              .computeIfAbsent(trajectory.seed(), seed -> new ArrayList<>())
              .add(known.getAsDouble());
          some = true;
        }
      }
      measures += some ? 1 : 0;
    }
    int all = measures;
    List<Double> means =
        bySeed.values().stream()
            .filter(values -> values.size() == all)
            .map(values -> values.stream().mapToDouble(v -> v).average().orElseThrow())
            .toList();
    return means.isEmpty() ? null : Summary.of(means);
  }
}
