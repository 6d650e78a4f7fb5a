package io.holdfast.frontier.lifecycle;

import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.event.StageEvent;
import io.holdfast.frontier.replica.LedgerRows;
import io.holdfast.frontier.snapshot.Evaluation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/** The ledger's tables as a pod reads them: each row has the number of its last change. */
final class LedgerTables {

  private record Row<T>(T value, long changed) {}

  private final Map<String, Row<StudyState>> studies = new HashMap<>();
  private final Map<String, Row<StageRecord>> stages = new HashMap<>();
  private final Map<String, Row<Evaluation>> evaluations = new HashMap<>();
  private long last = 1;

  /** Number of the last change, rolled back ones included. */
  long last() {
    return last;
  }

  /** As they are; a rollback goes back to it, but for the numbers that were given. */
  LedgerTables saved() {
    LedgerTables saved = new LedgerTables();
    saved.studies.putAll(studies);
    saved.stages.putAll(stages);
    saved.evaluations.putAll(evaluations);
    return saved;
  }

  void rollBackTo(LedgerTables saved) {
    List.of(studies, stages, evaluations).forEach(Map::clear);
    studies.putAll(saved.studies);
    stages.putAll(saved.stages);
    evaluations.putAll(saved.evaluations);
  }

  /** Writes what a decision changed. */
  void write(Ledger after) {
    after.studies().forEach((id, study) -> write(studies, id, study.state()));
    after
        .stages()
        .forEach(
            (id, s) ->
                write(
                    stages,
                    id,
                    new StageRecord(id, s.parent(), s.state(), Set.of(), s.unscored())));
  }

  /** Writes an event's scores that are not there yet. */
  void write(StageEvent event) {
    if (event instanceof CheckpointEvaluated scored) {
      for (var result : scored.results()) {
        Evaluation evaluation =
            new Evaluation(
                scored.stageId(),
                scored.sha256(),
                scored.point(),
                result.corpus(),
                result.lossNatsPerToken(),
                result.knownError(),
                result.tokens(),
                result.windows(),
                result.bytes(),
                result.perplexity(),
                result.bitsPerByte(),
                result.knownRead());
        write(evaluations, scored.stageId() + evaluation.scored(), evaluation);
      }
    }
  }

  private <T> void write(Map<String, Row<T>> table, String key, T value) {
    Row<T> known = table.get(key);
    if (known == null || !known.value().equals(value)) {
      table.put(key, new Row<>(value, ++last));
    }
  }

  LedgerRows since(long change) {
    return rows(changed -> changed > change, id -> true);
  }

  LedgerRows of(Set<String> stageIds) {
    return rows(changed -> true, stageIds::contains);
  }

  private LedgerRows rows(LongPredicate which, Predicate<String> stage) {
    Map<String, StudyState> moved = new HashMap<>();
    studies.forEach(
        (id, row) -> {
          if (which.test(row.changed())) {
            moved.put(id, row.value());
          }
        });
    return new LedgerRows(
        moved,
        stages.values().stream()
            .filter(row -> which.test(row.changed()) && stage.test(row.value().id()))
            .map(Row::value)
            .toList(),
        evaluations.values().stream()
            .filter(row -> which.test(row.changed()) && stage.test(row.value().stageId()))
            .map(Row::value)
            .toList(),
        List.of());
  }
}
