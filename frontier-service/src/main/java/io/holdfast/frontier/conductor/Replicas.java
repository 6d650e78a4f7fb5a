package io.holdfast.frontier.conductor;

import io.holdfast.frontier.lifecycle.Ledger;
import io.holdfast.frontier.persistence.LedgerReader;
import io.holdfast.frontier.persistence.LedgerStore;
import io.holdfast.frontier.persistence.WantedStudies;
import io.holdfast.frontier.replica.Replica;
import io.holdfast.frontier.replica.StudyPoints;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Set;

/**
 * What this pod knows of running studies, so that a decision reads only what changed since this pod
 * last looked, whichever pod changed it. It knows committed rows only: a transaction's own changes
 * come back to it like another pod's, the next time, and those of one that is rolled back never.
 */
@ApplicationScoped
class Replicas {

  /** Beyond that many changes, reading the studies in whole again is no slower. */
  private static final long FAR = 50_000;

  private final LedgerStore ledgers;
  private final LedgerReader rows;
  private final WantedStudies studies;
  private final TransactionSynchronizationRegistry transaction;

  /** Written under the ledger's lock only. */
  private volatile Replica known = Replica.empty(0);

  @Inject
  Replicas(
      LedgerStore ledgers,
      LedgerReader rows,
      WantedStudies studies,
      TransactionSynchronizationRegistry transaction) {
    this.ledgers = ledgers;
    this.rows = rows;
    this.studies = studies;
    this.transaction = transaction;
  }

  /** Waits until no other transaction decides, and takes in what they decided; once for each. */
  void lock() {
    if (transaction.getResource(this) != null) {
      throw new IllegalStateException("a transaction takes one decision");
    }
    transaction.putResource(this, true);
    ledgers.lock();
    catchUp();
  }

  private void catchUp() {
    long last = rows.lastChange();
    // Behind what is known only after the database was restored from a backup.
    if (last < known.asOf() || last - known.asOf() > FAR) {
      known = Replica.empty(last);
    } else if (last > known.asOf()) {
      known = known.caughtUp(rows.since(known.asOf()), last);
    }
  }

  /** What a decision about a stage may concern. Comes before any change of the transaction. */
  Ledger around(String stageId) {
    Set<String> wanting = studies.runningThatWant(stageId);
    for (String study : wanting) {
      known = holding(known, study);
    }
    return wanting.isEmpty() ? ledgers.alone(stageId) : known.ledger();
  }

  /** A study's points, with what the transaction itself has changed. */
  StudyPoints points(String studyId) {
    Replica own =
        known.holds(studyId)
            ? known.with(rows.since(known.asOf()), rows.lastChange())
            : holding(Replica.empty(known.asOf()), studyId);
    return own.points(studyId);
  }

  private Replica holding(Replica replica, String studyId) {
    return replica.holds(studyId)
        ? replica
        : replica.with(studies.find(studyId).orElseThrow(), rows.ofStudy(studyId));
  }
}
