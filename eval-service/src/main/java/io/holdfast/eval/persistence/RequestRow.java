package io.holdfast.eval.persistence;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.json.Json;
import io.holdfast.eval.evaluation.EvaluationRequest;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Weights whose scores somebody waits for. */
@Entity
@Table(name = "evaluation_request")
class RequestRow {

  @Id Long id;

  String work;

  /** {@link CheckpointPublished} as JSON. */
  String published;

  /** Why it cannot be answered, or null. */
  String problem;

  /** {@link EvaluationPoint} as JSON; null for the checkpoint's own weights. */
  String point;

  @Column(name = "stage_id")
  String stageId;

  /** Null of a trainer that did not say. */
  Integer attempt;

  EvaluationRequest request() {
    CheckpointPublished checkpoint = Json.read(published, CheckpointPublished.class);
    return new EvaluationRequest(
        checkpoint, point == null ? checkpoint.point() : Json.read(point, EvaluationPoint.class));
  }
}
