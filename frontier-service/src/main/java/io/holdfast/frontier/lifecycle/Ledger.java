package io.holdfast.frontier.lifecycle;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The stages and studies that a decision may concern: the event's stage, every running study that
 * wants it, and all stages of those studies. Immutable.
 *
 * @param stages by stage id
 * @param studies by study id
 */
public record Ledger(Map<String, StageRecord> stages, Map<String, StudyRecord> studies) {

  public static final Ledger EMPTY = new Ledger(Map.of(), Map.of());

  public Ledger {
    stages = Map.copyOf(stages);
    studies = Map.copyOf(studies);
  }

  /** A ledger of these. */
  public static Ledger of(Collection<StageRecord> stages, Collection<StudyRecord> studies) {
    return new Ledger(
        stages.stream().collect(Collectors.toMap(StageRecord::id, Function.identity())),
        studies.stream().collect(Collectors.toMap(StudyRecord::id, Function.identity())));
  }

  /** The ledger after changes in order. */
  public Ledger apply(List<Change> changes) {
    Draft draft = new Draft(this);
    changes.forEach(draft::apply);
    return draft.ledger();
  }
}
