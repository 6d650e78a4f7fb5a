package io.holdfast.trainer.persistence;

import io.holdfast.contracts.event.StageEvent;
import io.holdfast.kit.outbox.Outbox;
import io.holdfast.kit.work.LeasedWork;
import io.holdfast.trainer.stage.TrainingState;
import io.holdfast.trainer.stage.TrainingState.Queued;
import io.holdfast.trainer.stage.TrainingState.Unknown;
import io.holdfast.trainer.stage.Transition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.function.Function;

/** The stages' states. Applies a decision whole: state, events and work in one transaction. */
@ApplicationScoped
public class StageStore {

  /** Kind of the leased work that removes what cancelled stages have left; one piece for all. */
  public static final String DISCARD = "discard";

  private static final String ALL = "all";

  /** Kind of the leased work that trains a stage. */
  public static final String TRAIN = "train";

  private final EntityManager database;
  private final Outbox outbox;
  private final LeasedWork work;

  @Inject
  StageStore(EntityManager database, Outbox outbox, LeasedWork work) {
    this.database = database;
    this.outbox = outbox;
    this.work = work;
  }

  /** What is known of a stage now. */
  @Transactional
  public TrainingState read(String stageId) {
    StageRow row = database.find(StageRow.class, stageId);
    return row == null ? new Unknown() : row.read();
  }

  /** Stages that wait or are being trained, in all processes. */
  @Transactional
  public long queued() {
    return database
        .createQuery("select count(*) from StageRow where state = QUEUED", Long.class)
        .getSingleResult();
  }

  /** Some cancelled stage that has left something to remove; empty when there is none. */
  @Transactional
  public Optional<String> discarding() {
    return database
        .createQuery("select id from StageRow where discarding", String.class)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  /** Decides on the stage's state and applies the decision; decisions on one stage queue up. */
  @Transactional(Transactional.TxType.MANDATORY)
  public TrainingState change(String stageId, Function<TrainingState, Transition> decision) {
    StageRow row = lock(stageId);
    Transition transition = decision.apply(row.read());
    row.write(transition.next());
    for (StageEvent event : transition.events()) {
      outbox.publish(event);
    }
    switch (transition.work()) {
      case SUBMIT -> work.submit(TRAIN, stageId, priority(transition.next()));
      case CANCEL -> work.cancel(TRAIN, stageId);
      case DISCARD -> {
        work.cancel(TRAIN, stageId);
        work.submit(DISCARD, ALL, 0);
      }
      case UNCHANGED -> {}
    }
    return transition.next();
  }

  /** The row is made first, so that two first events of a stage have something to queue up at. */
  private StageRow lock(String stageId) {
    database
        .createNativeQuery(
            "insert into stage (id, state, attempt) values (?1, 'UNKNOWN', 0)"
                + " on conflict do nothing")
        .setParameter(1, stageId)
        .executeUpdate();
    return database.find(StageRow.class, stageId, LockModeType.PESSIMISTIC_WRITE);
  }

  private static int priority(TrainingState state) {
    return state instanceof Queued queued ? queued.prepared().priority() : 0;
  }
}
