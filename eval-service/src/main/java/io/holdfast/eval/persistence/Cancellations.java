package io.holdfast.eval.persistence;

import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.event.StageCancelled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;

/** Stages that no study wants any more, up to an attempt. All calls need a transaction. */
@ApplicationScoped
class Cancellations {

  private final EntityManager database;

  @Inject
  Cancellations(EntityManager database) {
    this.database = database;
  }

  /** Whether the attempt that published a checkpoint, or a later one, was cancelled. */
  boolean cover(CheckpointPublished checkpoint) {
    return checkpoint.attempt() != null
        && !database
            .createNativeQuery(
                "select 1 from cancelled_stage where stage_id = ?1 and attempt >= ?2")
            .setParameter(1, checkpoint.stageId())
            .setParameter(2, checkpoint.attempt())
            .getResultList()
            .isEmpty();
  }

  /**
   * Remembers a cancellation and drops the requests that it covers. Nobody can add a request until
   * the transaction ends, so that whoever finds none left may stop the work.
   *
   * @return the work that has lost a request, each once and in a fixed order
   */
  List<String> drop(StageCancelled cancelled) {
    database
        .createNativeQuery(
            "insert into cancelled_stage (stage_id, attempt) values (?1, ?2) on conflict (stage_id)"
                + " do update set attempt = greatest(cancelled_stage.attempt, excluded.attempt)")
        .setParameter(1, cancelled.stageId())
        .setParameter(2, cancelled.attempt())
        .executeUpdate();
    database
        .createNativeQuery("lock table evaluation_request in share row exclusive mode")
        .executeUpdate();
    List<String> works =
        database
            .createQuery(
                "select distinct r.work from RequestRow r"
                    + " where r.stageId = ?1 and r.attempt <= ?2 order by r.work",
                String.class)
            .setParameter(1, cancelled.stageId())
            .setParameter(2, cancelled.attempt())
            .getResultList();
    database
        .createQuery("delete from RequestRow r where r.stageId = ?1 and r.attempt <= ?2")
        .setParameter(1, cancelled.stageId())
        .setParameter(2, cancelled.attempt())
        .executeUpdate();
    return works;
  }
}
