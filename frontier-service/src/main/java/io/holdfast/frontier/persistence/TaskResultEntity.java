package io.holdfast.frontier.persistence;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.evaluation.TaskResult;
import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.json.Json;
import io.holdfast.frontier.snapshot.TaskScore;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/** Weights of a stage were scored on a task. */
@Entity
@Table(name = "task_result")
@IdClass(TaskResultEntity.Key.class)
public class TaskResultEntity extends PanacheEntityBase {

  @Id
  @Column(name = "stage_id")
  public String stageId;

  @Id public String sha256;

  /** {@link EvaluationPoint} as JSON. */
  @Id public String point;

  /** {@link TaskEvaluation} as JSON. */
  @Id public String evaluation;

  /** {@link TaskResult} as JSON. */
  @Column(nullable = false)
  public String result;

  @Column(name = "evaluated_at", nullable = false)
  public Instant evaluatedAt;

  /** Number of the last change that the ledger knows of; the database gives it. */
  @Column(insertable = false, updatable = false)
  public long changed;

  static TaskResultEntity of(CheckpointEvaluated event, TaskResult result, Instant now) {
    TaskResultEntity entity = new TaskResultEntity();
    entity.stageId = event.stageId();
    entity.sha256 = event.sha256();
    entity.point = Json.write(event.point());
    entity.evaluation = Json.write(result.evaluation());
    entity.result = Json.write(result);
    entity.evaluatedAt = now;
    return entity;
  }

  TaskScore score() {
    return new TaskScore(
        stageId,
        sha256,
        Json.read(point, EvaluationPoint.class),
        Json.read(result, TaskResult.class));
  }

  /** Primary key. */
  public static class Key implements Serializable {
    public String stageId;
    public String sha256;
    public String point;
    public String evaluation;

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && Objects.equals(stageId, key.stageId)
          && Objects.equals(sha256, key.sha256)
          && Objects.equals(point, key.point)
          && Objects.equals(evaluation, key.evaluation);
    }

    @Override
    public int hashCode() {
      return Objects.hash(stageId, sha256, point, evaluation);
    }
  }
}
