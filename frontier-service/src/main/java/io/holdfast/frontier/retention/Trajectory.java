package io.holdfast.frontier.retention;

import io.holdfast.contracts.stage.StageKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One measure along one lineage: R[i] after stage i, for every stage that the lineage has and that
 * was measured.
 *
 * @param seed of the lineage
 * @param after value after each stage
 */
record Trajectory(long seed, Map<StageKind, Double> after) {

  Trajectory {
    after = Collections.unmodifiableMap(new EnumMap<>(after));
  }

  /**
   * How far the measure fell from its best value at an earlier boundary to the last one: f of
   * Chaudhry et al. (arXiv 1801.10112, §3.1), with the maximum over earlier accuracies; of a loss,
   * the rise above its earlier minimum. Positive is forgotten, negative is improved to the end.
   * Nothing before fine-tuning, or without an earlier value.
   */
  OptionalDouble forgetting(Measure measure) {
    Double last = after.get(StageKind.FINE_TUNE);
    return last == null
        ? OptionalDouble.empty()
        : after.entrySet().stream()
            .filter(entry -> entry.getKey() != StageKind.FINE_TUNE)
            .mapToDouble(entry -> measure.gain(last, entry.getValue()))
            .max();
  }

  /**
   * R[T] − R[i] of the stage i that the measure was learned in: one term of BWT of Lopez-Paz and
   * Ranzato (arXiv 1706.08840, §2), whose R are accuracies; of a loss R[i] − R[T]. Positive: later
   * stages made it better; negative: they made it worse. Nothing for what the last stage learned.
   */
  OptionalDouble backwardTransfer(Measure measure) {
    if (measure.learnedIn() == null || measure.learnedIn() == StageKind.FINE_TUNE) {
      return OptionalDouble.empty();
    }
    Double learned = after.get(measure.learnedIn());
    Double last = after.get(StageKind.FINE_TUNE);
    return learned == null || last == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(measure.gain(learned, last));
  }
}
