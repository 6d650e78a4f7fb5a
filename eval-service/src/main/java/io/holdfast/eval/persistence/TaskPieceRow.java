package io.holdfast.eval.persistence;

import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.evaluation.TaskResult;
import io.holdfast.contracts.json.Json;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Some weights on a task. */
@Entity
@Table(name = "task_piece")
class TaskPieceRow {

  static final String DUE = "DUE";
  static final String ANSWERED = "ANSWERED";
  static final String SCORED = "SCORED";

  @Id String id;

  /** {@code name@version}. */
  String task;

  String weights;

  /** Artifact path of the checkpoint that they are, or are made of. */
  String checkpoint;

  /** {@link TaskEvaluation} as JSON. */
  String evaluation;

  String state;

  @Column(name = "waiting_for")
  String waitingFor;

  @Column(name = "waiting_since")
  Instant waitingSince;

  /** {@link TaskResult} as JSON; null until it is scored. */
  String result;

  @Column(name = "evaluated_at")
  Instant evaluatedAt;

  TaskResult score() {
    return result == null ? null : Json.read(result, TaskResult.class);
  }
}
