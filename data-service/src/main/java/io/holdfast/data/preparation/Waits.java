package io.holdfast.data.preparation;

import io.holdfast.contracts.event.StageWaiting;
import io.holdfast.contracts.event.WaitingWork;
import io.holdfast.contracts.task.TaskName;
import io.holdfast.data.task.Arrival;
import io.holdfast.kit.outbox.Outbox;
import io.holdfast.kit.work.LeasedWork;
import io.holdfast.task.registry.TaskHeard;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Which stages wait for a task. Everything here runs in the caller's transaction, in which the
 * stage's preparation is locked.
 */
@ApplicationScoped
class Waits {

  private final Outbox outbox;
  private final LeasedWork work;

  @Inject
  Waits(Outbox outbox, LeasedWork work) {
    this.outbox = outbox;
    this.work = work;
  }

  /** The stage waits, and everybody hears of it once. */
  void begin(Preparation preparation, Arrival.Away away) {
    PreparationWaitRow known = PreparationWaitRow.findById(preparation.stageId());
    if (known != null
        && known.task.equals(away.task().toString())
        && known.attempt == preparation.attempt()) {
      return;
    }
    end(preparation.stageId());
    PreparationWaitRow row = new PreparationWaitRow();
    row.stageId = preparation.stageId();
    row.attempt = preparation.attempt();
    row.task = away.task().toString();
    // As precise as the database is: the end of the waiting names its beginning.
    row.since = away.since().truncatedTo(ChronoUnit.MICROS);
    row.reason = away.reason();
    row.persist();
    outbox.publish(event(row));
  }

  /** The stage waits no longer, whatever becomes of it; nothing happens if it did not. */
  void end(String stageId) {
    PreparationWaitRow row = PreparationWaitRow.findById(stageId);
    if (row != null) {
      row.delete();
      PreparationWaitRow.flush();
      outbox.publish(event(row).resumed(Instant.now()));
    }
  }

  /** A task is back: whoever waits for it looks again, now. */
  void onHeard(@Observes TaskHeard heard) {
    PreparationWaitRow.<PreparationWaitRow>list("task", heard.name().toString())
        .forEach(row -> work.wake(DocumentsWork.KIND, row.stageId));
  }

  private static StageWaiting event(PreparationWaitRow row) {
    return new StageWaiting(
        row.stageId,
        row.attempt,
        WaitingWork.PREPARATION,
        TaskName.parse(row.task).orElseThrow(),
        row.since,
        row.reason,
        null);
  }
}
