package io.holdfast.trainer.persistence;

import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StageFailed;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.json.Json;
import io.holdfast.trainer.stage.TrainingState;
import io.holdfast.trainer.stage.TrainingState.Cancelled;
import io.holdfast.trainer.stage.TrainingState.Failed;
import io.holdfast.trainer.stage.TrainingState.Queued;
import io.holdfast.trainer.stage.TrainingState.Trained;
import io.holdfast.trainer.stage.TrainingState.Unknown;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** One stage, its state and the events that brought it there. */
@Entity
@Table(name = "stage")
class StageRow {

  enum State {
    UNKNOWN,
    QUEUED,
    TRAINED,
    FAILED,
    CANCELLED
  }

  @Id String id;

  @Enumerated(EnumType.STRING)
  State state;

  int attempt;

  /** Whether what a cancelled stage has left is to be removed. */
  boolean discarding;

  /** {@link StagePrepared} as JSON; set while queued and when trained. */
  String prepared;

  /** {@link StageCompleted} as JSON; set when trained. */
  String completed;

  /** {@link StageFailed} as JSON; set when failed. */
  String failed;

  TrainingState read() {
    return switch (state) {
      case UNKNOWN -> new Unknown();
      case QUEUED -> new Queued(Json.read(prepared, StagePrepared.class));
      case TRAINED ->
          new Trained(
              Json.read(prepared, StagePrepared.class), Json.read(completed, StageCompleted.class));
      case FAILED -> new Failed(Json.read(failed, StageFailed.class));
      case CANCELLED -> new Cancelled(attempt, discarding);
    };
  }

  void write(TrainingState next) {
    switch (next) {
      case Unknown none -> set(State.UNKNOWN, 0, null, null, null);
      case Queued queued ->
          set(State.QUEUED, queued.prepared().attempt(), queued.prepared(), null, null);
      case Trained trained ->
          set(
              State.TRAINED,
              trained.prepared().attempt(),
              trained.prepared(),
              trained.completed(),
              null);
      case Failed failure ->
          set(State.FAILED, failure.failure().attempt(), null, null, failure.failure());
      case Cancelled cancelled -> set(State.CANCELLED, cancelled.attempt(), null, null, null);
    }
    discarding = next instanceof Cancelled cancelled && cancelled.discarding();
  }

  private void set(
      State newState,
      int newAttempt,
      StagePrepared newPrepared,
      StageCompleted newCompleted,
      StageFailed newFailure) {
    state = newState;
    attempt = newAttempt;
    prepared = newPrepared == null ? null : Json.write(newPrepared);
    completed = newCompleted == null ? null : Json.write(newCompleted);
    failed = newFailure == null ? null : Json.write(newFailure);
  }
}
