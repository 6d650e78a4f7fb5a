package io.holdfast.frontier.conductor;

import io.holdfast.contracts.event.StageEvent;
import io.holdfast.contracts.event.StageProgressed;
import io.holdfast.frontier.lifecycle.Ledger;
import io.holdfast.frontier.live.LiveLog;
import io.holdfast.frontier.persistence.ClaimReader;
import io.holdfast.frontier.persistence.CollectionStore;
import io.holdfast.frontier.persistence.LedgerReader;
import io.holdfast.frontier.persistence.LedgerStore;
import io.holdfast.frontier.persistence.StudyStore;
import io.holdfast.frontier.persistence.WantedStudies;
import io.holdfast.frontier.replica.StudyPoints;
import io.holdfast.kit.outbox.Outbox;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;

/** A further pod of the service: the same database, and a memory of its own. */
@Dependent
public class Pod {

  private final Replicas replicas;
  private final Conductor conductor;

  @Inject
  Pod(
      LedgerStore ledgers,
      LedgerReader rows,
      StudyStore studies,
      WantedStudies wanted,
      LiveLog live,
      Outbox outbox,
      CollectionStore collections,
      ClaimReader claims,
      TransactionSynchronizationRegistry transaction) {
    replicas = new Replicas(ledgers, rows, wanted, transaction);
    conductor =
        new Conductor(
            replicas,
            ledgers,
            studies,
            wanted,
            live,
            new Orders(outbox, replicas, live),
            collections,
            claims);
  }

  /** Takes events in, or one report of a trainer, in the caller's transaction. */
  public void on(List<? extends StageEvent> events) {
    if (events.getFirst() instanceof StageProgressed report) {
      conductor.progressed(report);
    } else {
      conductor.on(events);
    }
  }

  /** What it would decide on; the beginning of a transaction. */
  public Ledger around(String stageId) {
    replicas.lock();
    return replicas.around(List.of(stageId));
  }

  /** What it would publish, after {@link #around}. */
  public StudyPoints points(String studyId) {
    return replicas.points(List.of(studyId)).get(studyId);
  }
}
