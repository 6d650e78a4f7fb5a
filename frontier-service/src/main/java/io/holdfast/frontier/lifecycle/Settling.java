package io.holdfast.frontier.lifecycle;

import io.holdfast.frontier.lifecycle.StageState.Cancelled;
import io.holdfast.frontier.lifecycle.StageState.Failed;
import io.holdfast.frontier.lifecycle.StageState.InFlight;
import io.holdfast.frontier.lifecycle.StageState.Trained;
import io.holdfast.frontier.lifecycle.StageState.Waiting;
import java.util.Map;

/** Decides when a study is over, and how it ended. */
final class Settling {

  private Settling() {}

  /** Ends those studies that want the stage and in which nothing can happen any more. */
  static void ofStage(Draft draft, String stageId) {
    draft.wanting(stageId).forEach(study -> ofStudy(draft, study.id()));
  }

  /** Ends a study in which nothing can happen any more. */
  static void ofStudy(Draft draft, String studyId) {
    Map<String, WantedStage> wanted = draft.study(studyId).stages();
    if (draft.unfinished(studyId).stream()
        .noneMatch(id -> isOpen(draft, draft.stage(id), wanted.get(id)))) {
      boolean failed =
          wanted.entrySet().stream()
              .anyMatch(stage -> lacks(draft.stage(stage.getKey()), stage.getValue()));
      draft.change(
          new Change.StudyMoved(studyId, failed ? StudyState.FAILED : StudyState.COMPLETED));
    }
  }

  /** Whether something can still happen to a stage, for one study. */
  private static boolean isOpen(Draft draft, StageRecord stage, WantedStage wanted) {
    return switch (stage.state()) {
      case InFlight f -> true;
      case Trained t ->
          wanted.evaluations().stream()
              .anyMatch(w -> stage.owes(w) && !stage.gaveUp(w) && canCome(draft, stage, t, w));
      case Waiting w -> !blocked(draft, stage);
      case Failed f -> false;
      case Cancelled c -> false;
    };
  }

  /** Whether the weights that a score needs are there, or will be. */
  private static boolean canCome(
      Draft draft, StageRecord stage, Trained trained, WantedScore wanted) {
    return switch (trained.weights()) {
      case Weights.Stored s -> !wanted.liesBetween() || !blocked(draft, stage);
      case Weights.Asked a -> true;
      case Weights.Needed n -> !blocked(draft, stage);
      case Weights.Collected c -> false;
      case Weights.Lost l -> false;
    };
  }

  /** Whether a stage to which nothing can happen any more is not what one study wanted. */
  private static boolean lacks(StageRecord stage, WantedStage wanted) {
    return switch (stage.state()) {
      case Failed f -> true;
      // Another study's cancellation never reaches a stage that this one wants.
      case Cancelled c -> true;
      case Trained t -> wanted.evaluations().stream().anyMatch(stage::owes);
      // For one that failed, or that could not be trained again.
      case Waiting w -> true;
      case InFlight f -> false;
    };
  }

  /** Whether a stage waits for one that failed, or that could not be trained again. */
  private static boolean blocked(Draft draft, StageRecord stage) {
    String parent = stage.parent();
    while (parent != null) {
      StageRecord ancestor = draft.stage(parent);
      if (ancestor.state().isDeadEnd()) {
        return true;
      }
      if (ancestor.state() instanceof Trained t && t.isStored()) {
        return false;
      }
      parent = ancestor.parent();
    }
    return false;
  }
}
