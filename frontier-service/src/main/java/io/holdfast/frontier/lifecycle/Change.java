package io.holdfast.frontier.lifecycle;

import io.holdfast.contracts.event.EvaluationFailed;

/** One decided change of a {@link Ledger}. */
public sealed interface Change {

  /** A stage appears; it waits. */
  record StageAdded(String stageId, String parent) implements Change {}

  /** A stage moves. */
  record StageMoved(String stageId, StageState state) implements Change {}

  /** Weights of a stage have been scored for the first time on that set. */
  record StageScored(String stageId, Scored scored) implements Change {}

  /** Some of a stage's weights cannot be scored. */
  record EvaluationGivenUp(String stageId, EvaluationFailed failure) implements Change {}

  /** Scores are asked for again, so that an earlier failure says nothing any more. */
  record EvaluationAskedAgain(String stageId) implements Change {}

  /** A study appears, or is opened again, and runs. */
  record StudyOpened(StudyRecord study) implements Change {}

  /** A study ends. */
  record StudyMoved(String studyId, StudyState state) implements Change {}
}
