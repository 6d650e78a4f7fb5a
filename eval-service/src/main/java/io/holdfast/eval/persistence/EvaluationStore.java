package io.holdfast.eval.persistence;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.evaluation.LossResult;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.event.EvaluationFailed;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.contracts.json.Json;
import io.holdfast.eval.evaluation.CheckpointScores;
import io.holdfast.eval.evaluation.EvaluationKey;
import io.holdfast.eval.evaluation.EvaluationRequest;
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
  private final Cancellations cancellations;
  private final TaskStore tasks;

  @Inject
  EvaluationStore(
      EntityManager database,
      Outbox outbox,
      LeasedWork work,
      Cancellations cancellations,
      TaskStore tasks) {
    this.database = database;
    this.outbox = outbox;
    this.work = work;
    this.cancellations = cancellations;
    this.tasks = tasks;
  }

  /**
   * What is left to do for one piece of work.
   *
   * @param requests who wants these weights scored, oldest first; each names a place to read them
   *     from
   * @param missing held-out sets to score
   */
  public record Assignment(List<EvaluationRequest> requests, List<HeldOutShard> missing) {}

  /**
   * Answers for the checkpoint and each of its probes, on held-out sets and tasks: at once where
   * every score is known, else the request is remembered and work submitted. What was cancelled
   * already is not begun.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void request(CheckpointPublished checkpoint) {
    if (cancellations.cover(checkpoint)) {
      return;
    }
    if (!checkpoint.evaluations().isEmpty() || checkpoint.tasks().isEmpty()) {
      EvaluationRequest.of(checkpoint).forEach(this::request);
    }
    tasks.request(checkpoint);
  }

  private void request(EvaluationRequest request) {
    if (request.lacksParent()) {
      outbox.publish(
          failure(
              request,
              FailureCode.CHECKPOINT_UNUSABLE,
              "The checkpoint that the stage started from is gone, so nothing lies between the"
                  + " two.",
              "Train the stage's parent again, then request the stage again."));
      return;
    }
    Optional<CheckpointEvaluated> answer = CheckpointScores.answer(request, known(request));
    if (answer.isPresent()) {
      outbox.publish(answer.get());
      return;
    }
    String id = workId(request);
    database
        .createNativeQuery(
            "insert into evaluation_request (work, published, point, stage_id, attempt)"
                + " values (?1, ?2, ?3, ?4, ?5)"
                + " on conflict (work, md5(published)) do update set problem = null")
        .setParameter(1, id)
        .setParameter(2, Json.write(request.checkpoint()))
        .setParameter(3, request.point() instanceof Probe probe ? Json.write(probe) : null)
        .setParameter(4, request.checkpoint().stageId())
        .setParameter(5, request.checkpoint().attempt())
        .executeUpdate();
    work.submit(EVALUATE, id, 0);
  }

  /**
   * No study wants the stage any more: its requests up to that attempt are dropped, and work that
   * nobody else waits for is stopped. What was scored stays known.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void cancel(StageCancelled cancelled) {
    cancellations.drop(cancelled).stream()
        .filter(id -> waiting(id).isEmpty())
        .forEach(id -> work.cancel(EVALUATE, id));
    tasks.cancel(cancelled);
  }

  /** Weights are scored by one worker at a time, whatever is asked of them. */
  private static String workId(EvaluationRequest request) {
    return request.weights() + "-" + request.checkpoint().sequenceLength();
  }

  /** What is left to do; empty when nobody waits any more. */
  @Transactional
  public Assignment assignment(String workId) {
    List<EvaluationRequest> requests = waiting(workId).stream().map(RequestRow::request).toList();
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
      EvaluationRequest request = row.request();
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
      answers.add(failure(row.request(), code, message, remedy));
    }
    answers.forEach(outbox::publish);
  }

  private static EvaluationFailed failure(
      EvaluationRequest request, FailureCode code, String message, String remedy) {
    CheckpointPublished checkpoint = request.checkpoint();
    return new EvaluationFailed(
        checkpoint.stageId(),
        checkpoint.checkpoint(),
        checkpoint.sha256(),
        request.point(),
        null,
        code,
        message,
        remedy);
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

  private Map<EvaluationKey, LossResult> known(EvaluationRequest request) {
    Map<EvaluationKey, LossResult> known = new LinkedHashMap<>();
    database
        .createQuery(
            "select e from EvaluationRow e where e.id.sha256 = ?1 and e.id.sequenceLength = ?2",
            EvaluationRow.class)
        .setParameter(1, request.weights())
        .setParameter(2, request.checkpoint().sequenceLength())
        .getResultStream()
        .filter(EvaluationRow::saysWhatWasRead)
        .forEach(row -> known.put(row.key(), row.score()));
    return known;
  }

  /**
   * The first score stays: scoring again on another machine may differ in the last digits. One of
   * old is only told how many tokens were read.
   */
  private void keep(EvaluationKey key, LossResult score) {
    database
        .createNativeQuery(
            "insert into evaluation (sha256, sequence_length, corpus, max_tokens, result)"
                + " values (?1, ?2, ?3, ?4, ?5) on conflict (sha256, sequence_length, corpus, max_tokens) do update"
                + " set result = cast(cast(evaluation.result as jsonb)"
                + " || jsonb_build_object('read_tokens', cast(?6 as bigint)) as text)"
                + " where cast(evaluation.result as jsonb) ->> 'read_tokens' is null")
        .setParameter(1, key.sha256())
        .setParameter(2, key.sequenceLength())
        .setParameter(3, key.corpus())
        .setParameter(4, key.maxTokens())
        .setParameter(5, Json.write(score))
        .setParameter(6, score.readTokens())
        .executeUpdate();
  }
}
