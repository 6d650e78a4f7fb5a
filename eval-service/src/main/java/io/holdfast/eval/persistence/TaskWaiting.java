package io.holdfast.eval.persistence;

import io.holdfast.contracts.event.StageWaiting;
import io.holdfast.contracts.event.WaitingWork;
import io.holdfast.kit.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Says of stages that their scores wait for a task, and that they do no longer. */
@ApplicationScoped
class TaskWaiting {

  private final Outbox outbox;

  @Inject
  TaskWaiting(Outbox outbox) {
    this.outbox = outbox;
  }

  /** The requests of one piece wait, unless they do already. */
  void begin(List<TaskRequestRow> requests, String reason, Instant now) {
    if (requests.isEmpty() || requests.getFirst().piece.waitingFor != null) {
      return;
    }
    TaskPieceRow piece = requests.getFirst().piece;
    piece.waitingFor = reason;
    piece.waitingSince = now;
    events(requests, piece).forEach(outbox::publish);
  }

  /** The requests of one piece wait no longer. */
  void end(List<TaskRequestRow> requests, Instant now) {
    if (requests.isEmpty() || requests.getFirst().piece.waitingFor == null) {
      return;
    }
    TaskPieceRow piece = requests.getFirst().piece;
    events(requests, piece).forEach(event -> outbox.publish(event.resumed(now)));
    piece.waitingFor = null;
    piece.waitingSince = null;
  }

  private static Set<StageWaiting> events(List<TaskRequestRow> requests, TaskPieceRow piece) {
    Set<StageWaiting> events = new LinkedHashSet<>();
    for (TaskRequestRow row : requests) {
      events.add(
          new StageWaiting(
              row.stageId,
              row.attempt == null ? 1 : row.attempt,
              WaitingWork.EVALUATION,
              row.asked().evaluation().task(),
              piece.waitingSince,
              piece.waitingFor,
              null));
    }
    return events;
  }
}
