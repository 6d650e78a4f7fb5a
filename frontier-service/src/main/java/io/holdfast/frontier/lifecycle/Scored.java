package io.holdfast.frontier.lifecycle;

import io.holdfast.contracts.evaluation.EvaluationPoint;

/**
 * Weights of a stage have been scored.
 *
 * @param sha256 of the checkpoint's weights
 * @param point which weights: the checkpoint's own, or what a probe made of them
 * @param corpus corpus id
 * @param tokens scored tokens of its test split
 */
public record Scored(String sha256, EvaluationPoint point, String corpus, long tokens) {

  /** A final checkpoint has been scored. */
  public Scored(String sha256, String corpus, long tokens) {
    this(sha256, EvaluationPoint.FINAL, corpus, tokens);
  }
}
