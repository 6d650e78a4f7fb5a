package io.holdfast.frontier.study;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One loss of a lineage: the weighted mean over held-out corpora of one checkpoint's losses.
 *
 * @param weights by corpus id, summing to 1; empty when the study has no such loss
 */
public record Criterion(Map<String, Double> weights) {

  public Criterion {
    weights = Map.copyOf(weights);
  }

  /**
   * The loss, once every corpus is scored.
   *
   * @param lossOf loss of the checkpoint on a corpus id, or null while unknown
   */
  public OptionalDouble loss(Function<String, Double> lossOf) {
    if (weights.isEmpty()) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    // Sorted, so that the floating-point sum does not depend on the map's order.
    for (Map.Entry<String, Double> corpus : new TreeMap<>(weights).entrySet()) {
      Double loss = lossOf.apply(corpus.getKey());
      if (loss == null) {
        return OptionalDouble.empty();
      }
      sum += corpus.getValue() * loss;
    }
    return OptionalDouble.of(sum);
  }
}
