package io.holdfast.frontier.persistence;

import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.event.EvaluationFailed;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StageProgressed;
import io.holdfast.contracts.event.StageWaiting;
import io.holdfast.contracts.json.Json;
import io.holdfast.frontier.lifecycle.Change;
import io.holdfast.frontier.lifecycle.Ledger;
import io.holdfast.frontier.lifecycle.Scored;
import io.holdfast.frontier.lifecycle.StageRecord;
import io.holdfast.frontier.lifecycle.StageState;
import io.holdfast.frontier.lifecycle.StudyRecord;
import io.holdfast.frontier.lifecycle.StudyState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads ledgers and stores decided changes. All calls need a transaction, and {@link #lock} comes
 * first: decisions are made one at a time, so that no two of them look at the same past.
 */
@ApplicationScoped
public class LedgerStore {

  private final LedgerReader rows;
  private final WantedStudies studies;
  private final EntityManager entities;

  @Inject
  LedgerStore(LedgerReader rows, WantedStudies studies, EntityManager entities) {
    this.entities = entities;
    this.rows = rows;
    this.studies = studies;
  }

  /**
   * Waits until no other transaction decides. Decisions take milliseconds and are few: some for
   * each stage and each evaluation, on all pods together.
   */
  public void lock() {
    LiveCounterEntity.findById(true, LockModeType.PESSIMISTIC_WRITE);
  }

  /** Those of the stages that exist. */
  public List<StageRecord> stages(Collection<String> stageIds) {
    return Parts.of(stageIds).flatMap(part -> rows.ofStages(part).scoredStages().stream()).toList();
  }

  /** What a decision about a study may concern, with stages that it would want. */
  public Ledger around(String studyId, Collection<String> stageIds) {
    Map<String, StudyRecord> concerned = new HashMap<>();
    Set<String> wanted = new HashSet<>(stageIds);
    studies.find(studyId).ifPresent(study -> concerned.put(studyId, study.record()));
    concerned.values().forEach(study -> wanted.addAll(study.stages().keySet()));
    return ledger(concerned, wanted);
  }

  /** What a decision about several stages may concern. */
  public Ledger of(Collection<String> stageIds) {
    return ledger(new HashMap<>(), new HashSet<>(stageIds));
  }

  private Ledger ledger(Map<String, StudyRecord> concerned, Set<String> wanted) {
    studies.runningThatWant(wanted).stream()
        .filter(id -> !concerned.containsKey(id))
        .forEach(id -> concerned.put(id, studies.find(id).orElseThrow().record()));
    Map<String, StageRecord> stages = new HashMap<>();
    concerned.keySet().stream()
        .flatMap(id -> rows.ofStudy(id).scoredStages().stream())
        .forEach(stage -> stages.put(stage.id(), stage));
    wanted.removeAll(stages.keySet());
    stages(wanted).forEach(stage -> stages.put(stage.id(), stage));
    return Ledger.of(stages.values(), concerned.values());
  }

  /** Reads the rows that changes will touch at once, where {@link #apply} would one by one. */
  public void fetch(List<Change> changes) {
    Set<String> touched = new HashSet<>();
    for (Change change : changes) {
      switch (change) {
        case Change.StageMoved(String id, StageState state) -> touched.add(id);
        case Change.EvaluationGivenUp(String id, EvaluationFailed failure) -> touched.add(id);
        case Change.EvaluationAskedAgain(String id) -> touched.add(id);
        case Change.StageAdded added -> {}
        case Change.StageScored scored -> {}
        case Change.StudyOpened opened -> {}
        case Change.StudyMoved moved -> {}
      }
    }
    Parts.of(touched).forEach(part -> StageEntity.list("id in ?1", part));
  }

  /**
   * Stores changes that follow from an event or a command; new stages and studies are stored
   * before.
   */
  public void apply(List<Change> changes, Instant now) {
    for (Change change : changes) {
      switch (change) {
        case Change.StageMoved(String id, StageState state) -> stage(id).move(state, now);
        case Change.EvaluationGivenUp(String id, EvaluationFailed failure) ->
            stage(id).add(failure);
        case Change.EvaluationAskedAgain(String id) -> stage(id).evaluationFailuresJson = null;
        case Change.StudyMoved(String id, StudyState state) -> {
          StudyEntity study = StudyEntity.findById(id);
          study.state = state;
          study.finishedAt = now;
        }
        case Change.StudyOpened(StudyRecord opened) -> {
          StudyEntity study = StudyEntity.findById(opened.id());
          study.state = StudyState.RUNNING;
          study.finishedAt = null;
        }
        // Their rows carry more than the lifecycle knows: see insert and insertScores.
        case Change.StageAdded added -> {}
        case Change.StageScored scored -> {}
      }
    }
  }

  /** Stores what a stage's completion says beyond its state. */
  public void complete(StageCompleted event) {
    stage(event.stageId()).completionJson = Json.write(event);
  }

  /** Stores what a known stage waits for; false when that is nothing new. */
  public boolean take(StageWaiting event) {
    return stage(event.stageId()) != null && StageWaitEntity.take(event);
  }

  /** Whether that attempt of the stage is known to be training, or to train it again. */
  public boolean isTraining(String stageId, int attempt) {
    StageEntity stage = stage(stageId);
    return stage != null
        && (stage.state() instanceof StageState.Training training && training.attempt() == attempt
            || stage.state() instanceof StageState.Trained t && t.isAskedUnder(attempt));
  }

  /** Stores a report of the attempt that trains now; false for any other. */
  public boolean report(StageProgressed report) {
    boolean current = isTraining(report.stageId(), report.attempt());
    if (current) {
      stage(report.stageId()).report(report);
    }
    return current;
  }

  /**
   * Stores reports of attempts that train now, also again, and gives their stages. Comes before any
   * change of the transaction.
   */
  public Set<String> report(List<StageProgressed> reports) {
    return new HashSet<>(
        entities
            .createNativeQuery(
                """
                update stage s
                set step = r.step, steps = r.steps, tokens = r.tokens,
                  total_tokens = r.total_tokens, loss = r.loss_nats_per_token,
                  dev_loss = r.dev_loss_nats_per_token, learning_rate = r.learning_rate,
                  tokens_per_second = r.tokens_per_second, worker = r.worker
                from jsonb_to_recordset(cast(:reports as jsonb)) as r (
                  stage_id text, attempt int, step bigint, steps bigint, tokens bigint,
                  total_tokens bigint, loss_nats_per_token float8, dev_loss_nats_per_token float8,
                  learning_rate float8, tokens_per_second float8, worker text)
                where s.id = r.stage_id and s.attempt = r.attempt and (s.state = 'TRAINING' or s.weights = 'ASKED')
                returning s.id
                """,
                String.class)
            .setParameter("reports", Json.write(reports))
            .getResultList());
  }

  /** Stores those results of an event that were decided to be new; gives the event with those. */
  public CheckpointEvaluated insertScores(
      CheckpointEvaluated event, List<Change> changes, Instant now) {
    Set<Scored> fresh = new HashSet<>();
    for (Change change : changes) {
      if (change instanceof Change.StageScored(String id, Scored scored)) {
        fresh.add(scored);
      }
    }
    CheckpointEvaluated inserted =
        new CheckpointEvaluated(
            event.stageId(),
            event.checkpoint(),
            event.sha256(),
            event.point(),
            event.step(),
            event.results().stream().filter(r -> fresh.remove(Scored.of(event, r))).toList(),
            event.taskResults().stream().filter(r -> fresh.remove(Scored.of(event, r))).toList());
    inserted.results().forEach(r -> EvaluationEntity.of(event, r, now).persist());
    inserted.taskResults().forEach(r -> TaskResultEntity.of(event, r, now).persist());
    return inserted;
  }

  StageEntity stage(String id) {
    return StageEntity.findById(id);
  }
}
