package io.holdfast.frontier.lifecycle;

import io.holdfast.contracts.event.EvaluationFailed;
import java.util.HashSet;
import java.util.Set;

/**
 * A stage as the lifecycle sees it.
 *
 * @param id stage id
 * @param parent stage id of the checkpoint it starts from, or null
 * @param state where it stands
 * @param scored evaluations of any of its weights; they may arrive before the completion
 * @param unscored the last failure to score each of its points on sets or a task; it may arrive
 *     before the completion too, counts only while a wanted set has no score, and is forgotten when
 *     scoring is asked for again
 */
public record StageRecord(
    String id,
    String parent,
    StageState state,
    Set<Scored> scored,
    Set<EvaluationFailed> unscored) {

  public StageRecord {
    scored = Set.copyOf(scored);
    unscored = Set.copyOf(unscored);
  }

  /** A stage that nobody has asked for yet. */
  public static StageRecord waiting(String id, String parent) {
    return new StageRecord(id, parent, new StageState.Waiting(0), Set.of(), Set.of());
  }

  StageRecord in(StageState next) {
    return new StageRecord(id, parent, next, scored, unscored);
  }

  StageRecord with(Scored result) {
    Set<Scored> more = new HashSet<>(scored);
    more.add(result);
    return new StageRecord(id, parent, state, more, unscored);
  }

  /** With these scores besides those that it has. */
  public StageRecord with(Set<Scored> results) {
    Set<Scored> more = new HashSet<>(scored);
    return more.addAll(results) ? new StageRecord(id, parent, state, more, unscored) : this;
  }

  StageRecord with(EvaluationFailed failure) {
    Set<EvaluationFailed> more = new HashSet<>(unscored);
    more.removeIf(failure::isAboutTheSameAs);
    more.add(failure);
    return new StageRecord(id, parent, state, scored, more);
  }

  StageRecord askedAgain() {
    return new StageRecord(id, parent, state, scored, Set.of());
  }

  /** Whether the wanted set has been scored on the weights that the stage was trained to. */
  public boolean answers(WantedScore wanted) {
    return state instanceof StageState.Trained trained
        && scored.stream()
            .anyMatch(s -> trained.has(s.point(), s.sha256()) && wanted.answeredBy(s));
  }

  /** Whether a score is to come, or will never: not where a trained stage lacks the weights. */
  boolean owes(WantedScore wanted) {
    return !answers(wanted)
        && !(state instanceof StageState.Trained trained && trained.lacks(wanted.point()));
  }

  /** Whether it neither moves any more by itself nor owes a study a score. */
  boolean isFinishedFor(WantedStage wanted) {
    return switch (state) {
      case StageState.Trained trained -> wanted.evaluations().stream().noneMatch(this::owes);
      case StageState.Failed failed -> true;
      case StageState.Cancelled cancelled -> true;
      case StageState.Waiting waiting -> false;
      case StageState.InFlight inFlight -> false;
    };
  }

  /** Whether the wanted weights could not be scored, so that no further score is to come. */
  boolean gaveUp(WantedScore wanted) {
    return state instanceof StageState.Trained trained
        && unscored.stream().anyMatch(f -> wanted.isMeantBy(f) && trained.isMeantBy(f));
  }
}
