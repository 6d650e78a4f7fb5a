package io.holdfast.frontier.snapshot;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.TaskResult;
import io.holdfast.frontier.lifecycle.Scored;

/**
 * The metrics of some of a stage's weights on a task, as eval-service reported them.
 *
 * @param stageId the checkpoint's stage
 * @param sha256 of the checkpoint's weights
 * @param point which weights: the checkpoint's own, or what a probe made of them
 * @param result what was asked and found
 */
public record TaskScore(String stageId, String sha256, EvaluationPoint point, TaskResult result) {

  /** What identifies it among its stage's scores. */
  public Scored scored() {
    return new Scored.OnTask(sha256, point, result.evaluation());
  }
}
