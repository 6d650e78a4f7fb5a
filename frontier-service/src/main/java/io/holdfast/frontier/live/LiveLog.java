package io.holdfast.frontier.live;

import io.holdfast.contracts.json.Json;
import io.holdfast.frontier.api.LiveData;
import io.holdfast.frontier.persistence.LiveCounterEntity;
import io.holdfast.frontier.persistence.LiveEventEntity;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.List;

/**
 * The stored live events: numbered without gaps in the order of their commits, the newest ones
 * kept.
 */
@ApplicationScoped
public class LiveLog {

  /** How many events pass between two removals of old ones. */
  private static final int REMOVAL_INTERVAL = 256;

  private final TransactionSynchronizationRegistry transaction;
  private final LiveSignal signal;
  private final int kept;

  @Inject
  LiveLog(TransactionSynchronizationRegistry transaction, LiveSignal signal, LiveConfig config) {
    this.transaction = transaction;
    this.signal = signal;
    this.kept = config.kept();
  }

  /**
   * Stores an event in the caller's transaction. The counter's row is locked until its end, so the
   * next number is given only after this one is visible, or gone.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void append(LiveData data) {
    append(List.of(data));
  }

  /** Stores events in the caller's transaction, as {@link #append(LiveData)} does. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void append(List<? extends LiveData> data) {
    if (data.isEmpty()) {
      return;
    }
    LiveCounterEntity counter = LiveCounterEntity.findById(true, LockModeType.PESSIMISTIC_WRITE);
    long before = counter.lastId;
    for (LiveData one : data) {
      counter.lastId++;
      LiveEventEntity event = new LiveEventEntity();
      event.id = counter.lastId;
      event.studyId = one.studyId();
      event.type = one.type();
      event.data = Json.write(one);
      event.persist();
    }
    if (counter.lastId / REMOVAL_INTERVAL > before / REMOVAL_INTERVAL) {
      LiveEventEntity.delete("id <= ?1", counter.lastId - kept);
    }
    transaction.registerInterposedSynchronization(new Nudge());
  }

  /** Number of the last event; 0 before the first. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public long lastId() {
    return LiveCounterEntity.<LiveCounterEntity>findById(true).lastId;
  }

  /** Number of the oldest event that is kept; one past the last when none is. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public long oldestId() {
    LiveEventEntity oldest = LiveEventEntity.find("order by id").firstResult();
    return oldest == null
        ? LiveCounterEntity.<LiveCounterEntity>findById(true).lastId + 1
        : oldest.id;
  }

  /**
   * The next events after a number.
   *
   * @param study only this study's, or null for all
   */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public List<LiveEvent> after(long id, String study, int limit) {
    var query =
        study == null
            ? LiveEventEntity.<LiveEventEntity>find("id > ?1 order by id", id)
            : LiveEventEntity.<LiveEventEntity>find(
                "id > :id and studyId = :study order by id",
                Parameters.with("id", id).and("study", study));
    return query.page(0, limit).list().stream()
        .map(e -> new LiveEvent(e.id, e.studyId, e.type, e.data))
        .toList();
  }

  private final class Nudge implements Synchronization {
    @Override
    public void beforeCompletion() {
      // Nothing is visible before the commit.
    }

    @Override
    public void afterCompletion(int status) {
      if (status == Status.STATUS_COMMITTED) {
        signal.raise();
      }
    }
  }
}
