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
 * @param scored evaluations of any of its checkpoints; they may arrive before the completion
 * @param unscored the last failure to score one, or null; it may arrive before the completion too,
 *     counts only while a wanted set has no score, and is forgotten when scoring is asked for again
 */
public record StageRecord(
    String id, String parent, StageState state, Set<Scored> scored, EvaluationFailed unscored) {

  public StageRecord {
    scored = Set.copyOf(scored);
  }

  /** A stage that nobody has asked for yet. */
  public static StageRecord waiting(String id, String parent) {
    return new StageRecord(id, parent, new StageState.Waiting(0), Set.of(), null);
  }

  StageRecord in(StageState next) {
    return new StageRecord(id, parent, next, scored, unscored);
  }

  StageRecord with(Scored result) {
    Set<Scored> more = new HashSet<>(scored);
    more.add(result);
    return new StageRecord(id, parent, state, more, unscored);
  }

  StageRecord with(EvaluationFailed failure) {
    return new StageRecord(id, parent, state, scored, failure);
  }

  /** Whether the wanted set has been scored on the final checkpoint. */
  public boolean answers(WantedSet wanted) {
    return state instanceof StageState.Trained trained
        && scored.stream()
            .anyMatch(s -> s.sha256().equals(trained.sha256()) && wanted.answeredBy(s));
  }

  /** Whether the final checkpoint could not be scored, so that no further score is to come. */
  boolean isUnscorable() {
    return state instanceof StageState.Trained trained && trained.isMeantBy(unscored);
  }
}
