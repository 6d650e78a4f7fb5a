package io.holdfast.frontier.persistence;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.json.Json;
import io.holdfast.frontier.lifecycle.Scored;
import io.holdfast.frontier.lifecycle.StageRecord;
import io.holdfast.frontier.lifecycle.StudyState;
import io.holdfast.frontier.replica.LedgerRows;
import io.holdfast.frontier.replica.LedgerRows.TaskScored;
import io.holdfast.frontier.snapshot.Evaluation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the ledger's rows, only the columns that it needs, as values that nobody manages. All calls
 * need a transaction; they see what it has changed itself.
 */
@ApplicationScoped
public class LedgerReader {

  private final EntityManager entities;

  @Inject
  LedgerReader(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * Number of the last change. Under the ledger's lock, all rows with numbers up to it are visible
   * or rolled back, but for the caller's own.
   */
  public long lastChange() {
    return ((Number)
            entities.createNativeQuery("select last_value from ledger_change").getSingleResult())
        .longValue();
  }

  /** Rows that changed after a change. */
  public LedgerRows since(long change) {
    Map<String, StudyState> moved = new HashMap<>();
    entities
        .createQuery(
            "select s.id, s.state from StudyEntity s where s.changed > :since", Object[].class)
        .setParameter("since", change)
        .getResultList()
        .forEach(row -> moved.put((String) row[0], (StudyState) row[1]));
    return rows(moved, "r.changed > :key", change);
  }

  /** Rows of a study's stages. */
  public LedgerRows ofStudy(String studyId) {
    return rows(
        Map.of(),
        "%s in (select w.stageId from StudyStageEntity w where w.studyId = :key)",
        studyId);
  }

  /** Rows of stages. */
  public LedgerRows ofStages(List<String> stageIds) {
    return rows(Map.of(), "%s in :key", stageIds);
  }

  /** Scores of a study's stages on held-out sets. */
  List<Evaluation> evaluations(String studyId) {
    return evaluations(
        "r.stageId in (select w.stageId from StudyStageEntity w where w.studyId = :key)", studyId);
  }

  /**
   * @param which a condition on the row {@code r}, with {@code %s} for the stage's id
   */
  private LedgerRows rows(Map<String, StudyState> studies, String which, Object key) {
    return new LedgerRows(
        studies,
        stages(which.formatted("r.id"), key),
        evaluations(which.formatted("r.stageId"), key),
        tasks(which.formatted("r.stageId"), key));
  }

  private List<StageRecord> stages(String which, Object key) {
    return entities
        .createQuery(
            "select new io.holdfast.frontier.persistence.StageRow(r.id, r.parent, r.state,"
                + " r.attempt, r.sha256, r.weights, r.completionJson, r.failureCode,"
                + " r.failureMessage, r.failureRemedy, r.evaluationFailuresJson) from StageEntity r where "
                + which,
            StageRow.class)
        .setParameter("key", key)
        .getResultList()
        .stream()
        .map(StageRow::unscored)
        .toList();
  }

  private List<Evaluation> evaluations(String which, Object key) {
    Map<String, EvaluationPoint> points = new HashMap<>();
    return entities
        .createQuery(
            "select new io.holdfast.frontier.persistence.EvaluationRow(r.stageId, r.sha256,"
                + " r.point, r.corpus, r.loss, r.standardError, r.tokens, r.windows, r.bytes,"
                + " r.perplexity, r.bitsPerByte, r.readTokens) from EvaluationEntity r where "
                + which,
            EvaluationRow.class)
        .setParameter("key", key)
        .getResultList()
        .stream()
        .map(row -> row.evaluation(text -> points.computeIfAbsent(text, LedgerReader::point)))
        .toList();
  }

  private List<TaskScored> tasks(String which, Object key) {
    return entities
        .createQuery(
            "select r.stageId, r.sha256, r.point, r.evaluation from TaskResultEntity r where "
                + which,
            Object[].class)
        .setParameter("key", key)
        .getResultList()
        .stream()
        .map(
            row ->
                new TaskScored(
                    ((String) row[0]).intern(),
                    new Scored.OnTask(
                        ((String) row[1]).intern(),
                        point((String) row[2]),
                        Json.read((String) row[3], TaskEvaluation.class))))
        .toList();
  }

  private static EvaluationPoint point(String json) {
    return Json.read(json, EvaluationPoint.class);
  }
}
