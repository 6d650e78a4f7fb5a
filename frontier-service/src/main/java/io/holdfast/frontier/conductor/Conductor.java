package io.holdfast.frontier.conductor;

import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StageEvent;
import io.holdfast.contracts.event.StageProgressed;
import io.holdfast.contracts.event.StageWaiting;
import io.holdfast.frontier.api.LiveData;
import io.holdfast.frontier.collection.CollectionPlan;
import io.holdfast.frontier.collection.CollectionPlan.Goes;
import io.holdfast.frontier.collection.Meanwhile;
import io.holdfast.frontier.collection.Shelved;
import io.holdfast.frontier.lifecycle.Change;
import io.holdfast.frontier.lifecycle.Decision;
import io.holdfast.frontier.lifecycle.Ledger;
import io.holdfast.frontier.lifecycle.Lifecycle;
import io.holdfast.frontier.lifecycle.StageState;
import io.holdfast.frontier.live.LiveLog;
import io.holdfast.frontier.persistence.ClaimReader;
import io.holdfast.frontier.persistence.CollectionStore;
import io.holdfast.frontier.persistence.LedgerStore;
import io.holdfast.frontier.persistence.StudyStore;
import io.holdfast.frontier.persistence.WantedStudies;
import io.holdfast.frontier.submission.CheckedStudy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The one place where studies and stages change. */
@ApplicationScoped
public class Conductor {

  private final Replicas replicas;
  private final LedgerStore ledgers;
  private final StudyStore studies;
  private final WantedStudies wanted;
  private final LiveLog live;
  private final Orders orders;
  private final CollectionStore collections;
  private final ClaimReader claims;
  private final Clock clock = Clock.systemUTC();

  @Inject
  Conductor(
      Replicas replicas,
      LedgerStore ledgers,
      StudyStore studies,
      WantedStudies wanted,
      LiveLog live,
      Orders orders,
      CollectionStore collections,
      ClaimReader claims) {
    this.replicas = replicas;
    this.ledgers = ledgers;
    this.studies = studies;
    this.wanted = wanted;
    this.live = live;
    this.orders = orders;
    this.collections = collections;
    this.claims = claims;
  }

  /** Takes a study in and gives its id; the same one again is the same one. */
  @Transactional
  public String submit(CheckedStudy study) {
    replicas.lock();
    String id = study.id();
    Ledger ledger = ledgers.around(id, study.tree().stages().keySet());
    Decision decision = Lifecycle.submit(ledger, study.submission());
    Instant now = clock.instant();
    if (studies.exists(id)) {
      studies.reword(study);
    } else {
      studies.insert(study, now);
    }
    carryOut(ledger, decision, now);
    return id;
  }

  /** Ends a study. */
  @Transactional
  public void cancel(String studyId) {
    replicas.lock();
    Ledger ledger = ledgers.around(studyId, List.of());
    carryOut(ledger, Lifecycle.cancel(ledger, studyId), clock.instant());
  }

  /**
   * What was let go.
   *
   * @param asOf the ledger under which it was decided
   */
  record LetGo(CollectionPlan plan, Meanwhile asOf) {}

  /**
   * Lets the checkpoints of stages go, of which nobody needed any when that was planned, except
   * what somebody may need since. No study can be submitted and nothing pinned while this is
   * decided.
   *
   * @param planned the ledger before that was planned
   * @param keptSince what ended later stays
   */
  @Transactional
  LetGo letGo(List<Shelved> stages, Meanwhile planned, Instant keptSince) {
    replicas.lock();
    Meanwhile now = claims.since(planned);
    Set<String> pins = collections.pins();
    Set<String> asked = new HashSet<>(now.studies());
    asked.addAll(pins);
    CollectionPlan plan =
        CollectionPlan.of(
            stages,
            claims.claims(asked, stages.stream().map(Shelved::id).toList()),
            pins,
            keptSince);
    List<String> ids = plan.goes().stream().map(Goes::stageId).toList();
    Ledger ledger = ledgers.of(ids);
    Decision decision = Lifecycle.collect(ledger, ids);
    ledgers.fetch(decision.changes());
    carryOut(ledger, decision, clock.instant());
    Set<String> went = decision.collected();
    collections.collected(went);
    return new LetGo(plan.ofWhichWent(went), now);
  }

  /**
   * Takes other services' events in, in their order; the caller's transaction is joined. The same
   * follows as from one after the other, but a study's points are published once.
   */
  @Transactional
  public void on(List<? extends StageEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    replicas.lock();
    List<Answer> answers =
        Answer.toEach(events, replicas.around(events.stream().map(StageEvent::stageId).toList()));
    ledgers.fetch(answers.stream().flatMap(answer -> answer.changes().stream()).toList());
    Instant now = clock.instant();
    for (Answer answer : answers) {
      keep(answer, now);
      change(answer.before(), answer.decision(), now);
    }
    orders.publish(answers.stream().flatMap(answer -> answer.orders().stream()).toList());
  }

  /** Stores what an event says beyond what is decided about. */
  private void keep(Answer answer, Instant now) {
    switch (answer.event()) {
      case CheckpointEvaluated evaluated -> {
        CheckpointEvaluated fresh = ledgers.insertScores(evaluated, answer.changes(), now);
        answer.audience().forEach(study -> live.append(LiveData.scores(study, fresh).toList()));
      }
      case StageCompleted completed when answer.isTrained() -> ledgers.complete(completed);
      case StageWaiting waiting -> {
        if (ledgers.take(waiting)) {
          answer.audience().forEach(study -> live.append(LiveData.Waiting.of(study, waiting)));
        }
      }
      default -> {}
    }
  }

  /**
   * Takes reports of stages that are known to be training in, all at once: one a second comes of
   * every pod that trains.
   *
   * @param reports one of a stage at most
   * @return the others, for {@link #progressed(StageProgressed)}
   */
  @Transactional
  public List<StageProgressed> progressed(List<StageProgressed> reports) {
    // They change nothing that decisions look at, so this pod need not know what others decided.
    ledgers.lock();
    Set<String> known = ledgers.report(reports);
    Map<String, Set<String>> audience = wanted.runningThatWantEach(known);
    live.append(
        reports.stream()
            .filter(report -> known.contains(report.stageId()))
            .flatMap(
                report ->
                    audience.getOrDefault(report.stageId(), Set.of()).stream()
                        .map(study -> LiveData.Progressed.of(study, report)))
            .toList());
    return reports.stream().filter(report -> !known.contains(report.stageId())).toList();
  }

  /** Takes a trainer's report in, unless it is of an attempt that is over. */
  @Transactional
  public void progressed(StageProgressed report) {
    replicas.lock();
    if (!ledgers.isTraining(report.stageId(), report.attempt())) {
      Ledger ledger = replicas.around(List.of(report.stageId()));
      carryOut(ledger, Lifecycle.on(ledger, report), clock.instant());
    }
    if (ledgers.report(report)) {
      wanted
          .runningThatWant(report.stageId())
          .forEach(study -> live.append(LiveData.Progressed.of(study, report)));
    }
  }

  private void carryOut(Ledger before, Decision decision, Instant now) {
    change(before, decision, now);
    orders.publish(decision.orders());
  }

  private void change(Ledger before, Decision decision, Instant now) {
    ledgers.apply(decision.changes(), now);
    Ledger after = before.apply(decision.changes());
    for (Change change : decision.changes()) {
      switch (change) {
        case Change.StageMoved(String id, StageState state) ->
            Audience.of(after, before, id)
                .forEach(
                    study ->
                        live.append(
                            new LiveData.StageMoved(study, id, state.name(), state.attempt())));
        case Change.StudyMoved(String id, var state) ->
            live.append(new LiveData.StudyMoved(id, state));
        case Change.StudyOpened(var study) ->
            live.append(new LiveData.StudyMoved(study.id(), study.state()));
        case Change.StageAdded added -> {}
        case Change.StageScored scored -> {}
        case Change.EvaluationGivenUp unscored -> {}
        case Change.EvaluationAskedAgain asked -> {}
      }
    }
  }
}
