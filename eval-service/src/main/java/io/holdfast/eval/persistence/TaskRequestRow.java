package io.holdfast.eval.persistence;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.json.Json;
import io.holdfast.eval.evaluation.EvaluationRequest;
import io.holdfast.eval.evaluation.TaskPiece;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/** Somebody waits for a score on a task. */
@Entity
@Table(name = "task_request")
class TaskRequestRow {

  @Id Long id;

  @ManyToOne
  @JoinColumn(name = "piece")
  TaskPieceRow piece;

  /** {@link CheckpointPublished} as JSON. */
  String published;

  /** {@link EvaluationPoint} as JSON; null for the checkpoint's own weights. */
  String point;

  @Column(name = "stage_id")
  String stageId;

  /** Null of a trainer that did not say. */
  Integer attempt;

  /** Why it cannot be answered, or null. */
  String problem;

  TaskPiece asked() {
    CheckpointPublished checkpoint = Json.read(published, CheckpointPublished.class);
    EvaluationPoint which =
        point == null ? checkpoint.point() : Json.read(point, EvaluationPoint.class);
    return new TaskPiece(
        new EvaluationRequest(checkpoint, which),
        Json.read(piece.evaluation, TaskEvaluation.class));
  }
}
