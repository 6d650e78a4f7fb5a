package io.holdfast.contracts.evaluation;

/**
 * One metric of a task, over all its requests.
 *
 * @param name such as {@code acc}; the task says which it has
 * @param value mean over requests, or what the metric's definition makes of all of them
 * @param standardError over requests, or over their groups where the task has groups; null where
 *     one request leaves it open
 * @param samples requests that the value is of
 * @param higherIsBetter direction
 */
public record MetricValue(
    String name, double value, Double standardError, long samples, boolean higherIsBetter) {

  public MetricValue {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("%s is not a finite number: %s".formatted(name, value));
    }
  }
}
