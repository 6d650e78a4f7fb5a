package io.holdfast.frontier.conductor;

import io.holdfast.frontier.lifecycle.Ledger;
import io.holdfast.frontier.lifecycle.StageRecord;
import io.holdfast.frontier.persistence.LedgerReader;
import io.holdfast.frontier.persistence.LedgerStore;
import io.holdfast.frontier.persistence.WantedStudies;
import io.holdfast.frontier.replica.Replica;
import io.holdfast.frontier.replica.StudyPoints;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

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

  /** What decisions about stages may concern. Comes before any change of the transaction. */
  Ledger around(Collection<String> stageIds) {
    Map<String, Set<String>> wanting = studies.runningThatWantEach(stageIds);
    wanting.values().stream()
        .flatMap(Set::stream)
        .distinct()
        .forEach(study -> known = holding(known, study));
    Ledger ledger = known.ledger();
    Set<String> unwanted = new HashSet<>(stageIds);
    unwanted.removeAll(wanting.keySet());
    for (StageRecord stage : ledgers.stages(unwanted)) {
      ledger = ledger.with(stage);
    }
    return ledger;
  }

  /** Points of studies, with what the transaction itself has changed, in the order of the ids. */
  SortedMap<String, StudyPoints> points(Collection<String> studyIds) {
    Replica own = known.with(rows.since(known.asOf()), rows.lastChange());
    SortedMap<String, StudyPoints> points = new TreeMap<>();
    for (String id : studyIds) {
      Replica holder = own.holds(id) ? own : holding(Replica.empty(known.asOf()), id);
      points.put(id, holder.points(id));
    }
    return points;
  }

  private Replica holding(Replica replica, String studyId) {
    return replica.holds(studyId)
        ? replica
        : replica.with(studies.find(studyId).orElseThrow(), rows.ofStudy(studyId));
  }
}
