package io.holdfast.frontier.lifecycle;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.LossResult;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.evaluation.TaskResult;
import io.holdfast.contracts.event.CheckpointEvaluated;

/** Weights of a stage have been scored. */
public sealed interface Scored {

  /** Of the checkpoint's weights. */
  String sha256();

  /** Which weights: the checkpoint's own, or what a probe made of them. */
  EvaluationPoint point();

  /** One of the held-out sets of an event. */
  static Scored of(CheckpointEvaluated event, LossResult result) {
    return new OnSet(event.sha256(), event.point(), result.corpus(), result.knownRead());
  }

  /** One of the tasks of an event. */
  static Scored of(CheckpointEvaluated event, TaskResult result) {
    return new OnTask(event.sha256(), event.point(), result.evaluation());
  }

  /**
   * On a held-out set.
   *
   * @param corpus corpus id
   * @param tokens the first tokens of its test split that were read, scored or not
   */
  record OnSet(String sha256, EvaluationPoint point, String corpus, long tokens)
      implements Scored {}

  /** On a task. */
  record OnTask(String sha256, EvaluationPoint point, TaskEvaluation evaluation)
      implements Scored {}
}
