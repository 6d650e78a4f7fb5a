package io.holdfast.frontier.snapshot;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.event.EvaluationFailed;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StageWaiting;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.contracts.study.StudyPlan.PlannedStage;
import io.holdfast.frontier.lifecycle.StageState;
import io.holdfast.frontier.lifecycle.WantedScore;
import io.holdfast.frontier.lifecycle.WantedSet;
import io.holdfast.frontier.lifecycle.WantedTask;
import java.time.Instant;
import java.util.List;

/**
 * One stage as it stands.
 *
 * @param id stage id
 * @param spec what is trained
 * @param planned what it was estimated to take
 * @param state where it stands
 * @param wanted held-out sets and tasks for its final checkpoint, its marks and its probes
 * @param progress the last report of the current attempt, or null
 * @param completion what was trained, or null until it is
 * @param unscored why some of its weights could not be scored when that was last asked
 * @param waiting what the current attempt waits for, if anything
 * @param requestedAt of the current attempt, or null
 * @param startedAt first report of the current attempt, or null
 * @param finishedAt when it reached a final state, or null
 */
public record StageSnapshot(
    String id,
    StageSpec spec,
    PlannedStage planned,
    StageState state,
    List<WantedScore> wanted,
    ReportedProgress progress,
    StageCompleted completion,
    List<EvaluationFailed> unscored,
    List<StageWaiting> waiting,
    Instant requestedAt,
    Instant startedAt,
    Instant finishedAt) {

  public StageSnapshot {
    wanted = List.copyOf(wanted);
    unscored = List.copyOf(unscored);
    waiting = waiting.stream().filter(each -> isNow(each, state)).toList();
  }

  /** Topics overtake each other: a stage that has gone on does not wait, whatever came late. */
  private static boolean isNow(StageWaiting waiting, StageState state) {
    return switch (waiting.work()) {
      case PREPARATION ->
          state instanceof StageState.Requested && waiting.attempt() == state.attempt();
      case EVALUATION ->
          !(state instanceof StageState.Failed || state instanceof StageState.Cancelled);
    };
  }

  /** Whether it was trained and its weights are not in the store, so that its scores are left. */
  public boolean isAway() {
    return state instanceof StageState.Trained trained && !trained.isStored();
  }

  /** The held-out sets among what is wanted. */
  public List<WantedSet> wantedSets() {
    return wanted.stream().filter(WantedSet.class::isInstance).map(WantedSet.class::cast).toList();
  }

  /** The tasks among what is wanted. */
  public List<WantedTask> wantedTasks() {
    return wanted.stream()
        .filter(WantedTask.class::isInstance)
        .map(WantedTask.class::cast)
        .toList();
  }

  /** What is wanted, less the marks that a trained stage ended before. */
  public List<WantedScore> due() {
    return state instanceof StageState.Trained trained
        ? wanted.stream().filter(set -> !trained.lacks(set.point())).toList()
        : wanted;
  }

  /** Which of its weights are wanted scored: the final ones first, then in ascending order. */
  public List<EvaluationPoint> points() {
    return PointOrder.of(state, wanted);
  }

  /** Trained tokens so far. */
  public long tokens() {
    if (completion != null) {
      return completion.tokens();
    }
    return progress == null ? 0 : progress.tokens();
  }

  /** Tokens of the whole stage, as exactly as they are known now. */
  public long totalTokens() {
    if (completion != null) {
      return completion.tokens();
    }
    return progress == null ? planned.tokens() : progress.totalTokens();
  }

  /** Floating-point operations that are still to do, before any early stop. */
  public double remainingFlops() {
    if (state instanceof StageState.Trained) {
      return 0;
    }
    long total = totalTokens();
    double left = total == 0 ? 1 : 1 - (double) tokens() / total;
    return planned.flops() * Math.max(0, left);
  }

  /** Present speed in floating-point operations per second; 0 unless it trains. */
  public double flopsPerSecond() {
    if (!(state instanceof StageState.Training) || progress == null || planned.tokens() == 0) {
      return 0;
    }
    return progress.tokensPerSecond() * planned.flops() / planned.tokens();
  }
}
