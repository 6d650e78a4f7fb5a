package io.holdfast.frontier.retention;

import io.holdfast.contracts.stage.StageKind;
import io.holdfast.frontier.statistics.Summary;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * One measure of one recipe at one setting, over seeds.
 *
 * @param measure what is measured
 * @param after mean, n and interval after each stage
 * @param forgetting from the best earlier boundary to the end, positive is forgotten; null until
 *     known
 * @param backwardTransfer from the stage that learned it to the end, positive is better; null until
 *     known, for what fine-tuning learned and for tasks
 */
public record RetentionRow(
    Measure measure, Map<StageKind, Summary> after, Summary forgetting, Summary backwardTransfer) {

  public RetentionRow {
    after = Collections.unmodifiableMap(new EnumMap<>(after));
  }

  static RetentionRow of(Measure measure, List<Trajectory> seeds) {
    Map<StageKind, Summary> after = new EnumMap<>(StageKind.class);
    for (StageKind kind : StageKind.values()) {
      List<Double> values =
          seeds.stream().map(seed -> seed.after().get(kind)).filter(v -> v != null).toList();
      if (!values.isEmpty()) {
        after.put(kind, Summary.of(values));
      }
    }
    return new RetentionRow(
        measure,
        after,
        summary(seeds, seed -> seed.forgetting(measure)),
        summary(seeds, seed -> seed.backwardTransfer(measure)));
  }

  private static Summary summary(
      List<Trajectory> seeds, Function<Trajectory, OptionalDouble> number) {
    List<Double> known =
        seeds.stream()
            .map(number)
            .filter(OptionalDouble::isPresent)
            .map(OptionalDouble::getAsDouble)
            .toList();
    return known.isEmpty() ? null : Summary.of(known);
  }
}
