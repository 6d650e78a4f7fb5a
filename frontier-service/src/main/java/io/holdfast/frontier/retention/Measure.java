package io.holdfast.frontier.retention;

import io.holdfast.contracts.stage.StageKind;

/**
 * One row of the matrix: what is measured at every boundary.
 *
 * @param name the corpus, or the task with its split and shots
 * @param metric {@code L}, the loss in nats per token, or the task's metric
 * @param higherIsBetter direction
 * @param learnedIn the first stage whose data it is of; null for a task, which is of none
 */
public record Measure(String name, String metric, boolean higherIsBetter, StageKind learnedIn) {

  /** How much better the second value is than the first: positive is better in both directions. */
  double gain(double before, double after) {
    return higherIsBetter ? after - before : before - after;
  }
}
