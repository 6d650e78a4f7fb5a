package io.holdfast.eval.persistence;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.evaluation.LossResult;
import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.event.EvaluationFailed;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.json.Json;
import io.holdfast.eval.evaluation.CheckpointScores;
import io.holdfast.eval.evaluation.EvaluationKey;
import io.holdfast.kit.outbox.Outbox;
import io.holdfast.kit.work.LeasedWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Scores, and who waits for them. State, events and work change in one transaction. */
@ApplicationScoped
public class EvaluationStore {

  /** Kind of the leased work that scores one set of weights. */
  public static final String EVALUATE = "evaluate";

  private final EntityManager database;
  private final Outbox outbox;
  private final LeasedWork work;

  @Inject
  EvaluationStore(EntityManager database, Outbox outbox, LeasedWork work) {
    this.database = database;
    this.outbox = outbox;
    this.work = work;
  }

  /**
   * What is left to do for one piece of work.
   *
   * @param requests checkpoints with these weights, oldest first; each is one place to read them
   *     from
   * @param missing held-out sets to score
   */
  public record Assignment(List<CheckpointPublished> requests, List<HeldOutShard> missing) {}

  /** Answers at once when every score is known; else remembers the request and submits work. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void request(CheckpointPublished checkpoint) {
    Optional<CheckpointEvaluated> answer = CheckpointScores.answer(checkpoint, known(checkpoint));
    if (answer.isPresent()) {
      outbox.publish(answer.get());
      return;
    }
    String id = workId(checkpoint);
    database
        .createNativeQuery(
            "insert into evaluation_request (work, published) values (?1, ?2)"
                + " on conflict (work, md5(published)) do update set problem = null")
        .setParameter(1, id)
        .setParameter(2, Json.write(checkpoint))
        .executeUpdate();
    work.submit(EVALUATE, id, 0);
  }

  /** Weights are scored by one worker at a time, whatever is asked of them. */
  private static String workId(CheckpointPublished checkpoint) {
    return checkpoint.sha256() + "-" + checkpoint.sequenceLength();
  }

  /** What is left to do; empty when nobody waits any more. */
  @Transactional
  public Assignment assignment(String workId) {
    List<CheckpointPublished> requests =
        waiting(workId).stream().map(RequestRow::checkpoint).toList();
    if (requests.isEmpty()) {
      return new Assignment(List.of(), List.of());
    }
    return new Assignment(
        requests, CheckpointScores.missing(requests, known(requests.getFirst()).keySet()));
  }

  /** Keeps scores and answers every request that they complete. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void scored(String workId, Map<EvaluationKey, LossResult> scores) {
    scores.forEach(this::keep);
    for (RequestRow row : waiting(workId)) {
      CheckpointPublished request = row.checkpoint();
      CheckpointScores.answer(request, known(request))
          .ifPresent(
              answer -> {
                outbox.publish(answer);
                database.remove(row);
              });
    }
  }

  /**
   * The weights cannot be scored: every stage that waits is told once. Repeating the event that
   * asked asks again.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void gaveUp(String workId, FailureCode code, String message, String remedy) {
    Set<EvaluationFailed> answers = new LinkedHashSet<>();
    for (RequestRow row : waiting(workId)) {
      row.problem = message + " " + remedy;
      CheckpointPublished request = row.checkpoint();
      answers.add(
          new EvaluationFailed(
              request.stageId(), request.checkpoint(), request.sha256(), code, message, remedy));
    }
    answers.forEach(outbox::publish);
  }

  /** Requests that wait, and those that were given up. */
  @Transactional
  public Backlog backlog() {
    return database
        .createQuery(
            "select count(r.id) - count(r.problem), count(r.problem) from RequestRow r",
            Backlog.class)
        .getSingleResult();
  }

  /**
   * How much is open.
   *
   * @param waiting requests without all their scores
   * @param givenUp requests whose checkpoint cannot be scored
   */
  public record Backlog(long waiting, long givenUp) {}

  private List<RequestRow> waiting(String workId) {
    return database
        .createQuery(
            "select r from RequestRow r where r.work = ?1 and r.problem is null order by r.id",
            RequestRow.class)
        .setParameter(1, workId)
        .getResultList();
  }

  private Map<EvaluationKey, LossResult> known(CheckpointPublished checkpoint) {
    Map<EvaluationKey, LossResult> known = new LinkedHashMap<>();
    database
        .createQuery(
            "select e from EvaluationRow e where e.id.sha256 = ?1 and e.id.sequenceLength = ?2",
            EvaluationRow.class)
        .setParameter(1, checkpoint.sha256())
        .setParameter(2, checkpoint.sequenceLength())
        .getResultStream()
        .forEach(row -> known.put(row.key(), row.score()));
    return known;
  }

  /** The first score stays: scoring again on another machine may differ in the last digits. */
  private void keep(EvaluationKey key, LossResult score) {
    database
        .createNativeQuery(
            "insert into evaluation (sha256, sequence_length, corpus, max_tokens, result)"
                + " values (?1, ?2, ?3, ?4, ?5) on conflict do nothing")
        .setParameter(1, key.sha256())
        .setParameter(2, key.sequenceLength())
        .setParameter(3, key.corpus())
        .setParameter(4, key.maxTokens())
        .setParameter(5, Json.write(score))
        .executeUpdate();
  }
}
