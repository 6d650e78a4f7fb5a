package io.holdfast.frontier.lifecycle;

import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.event.EvaluationFailed;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StageEvent;
import io.holdfast.contracts.event.StageFailed;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.event.StageProgressed;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.contracts.event.StageWaiting;
import io.holdfast.frontier.lifecycle.StageState.Cancelled;
import io.holdfast.frontier.lifecycle.StageState.Failed;
import io.holdfast.frontier.lifecycle.StageState.InFlight;
import io.holdfast.frontier.lifecycle.StageState.Prepared;
import io.holdfast.frontier.lifecycle.StageState.Requested;
import io.holdfast.frontier.lifecycle.StageState.Trained;
import io.holdfast.frontier.lifecycle.StageState.Waiting;
import io.holdfast.frontier.lifecycle.StudySubmission.SubmittedStage;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Decides what follows from submissions, cancellations and the other services' events. */
public final class Lifecycle {

  private Lifecycle() {}

  /**
   * Takes a study in. The same study again changes nothing while it runs or after it completed;
   * after a failure or a cancellation it runs again, with the failed stages under a new attempt and
   * the scores that are missing asked for again. The ledger must hold every stage of the submission
   * that exists, and the running studies that want one.
   */
  public static Decision submit(Ledger ledger, StudySubmission submission) {
    Draft draft = new Draft(ledger);
    StudyRecord known = draft.study(submission.id());
    if (known != null
        && (known.state() == StudyState.RUNNING || known.state() == StudyState.COMPLETED)) {
      return Decision.NONE;
    }
    for (SubmittedStage stage : submission.stages()) {
      if (!draft.knows(stage.id())) {
        draft.change(new Change.StageAdded(stage.id(), stage.parent()));
      }
    }
    draft.change(new Change.StudyOpened(submission.record()));
    for (SubmittedStage stage : submission.stages()) {
      want(draft, submission.id(), stage);
    }
    draft.order(new Order.UpdateFrontier(submission.id()));
    settle(draft, submission.id());
    return draft.decision();
  }

  /**
   * Ends a running study; stages that no other running study wants, and evaluations of trained
   * ones, are called off.
   */
  public static Decision cancel(Ledger ledger, String studyId) {
    Draft draft = new Draft(ledger);
    StudyRecord study = draft.study(studyId);
    if (study == null || !study.running()) {
      return Decision.NONE;
    }
    draft.change(new Change.StudyMoved(studyId, StudyState.CANCELLED));
    for (String stageId : study.stages().keySet().stream().sorted().toList()) {
      if (draft.wanting(stageId).isEmpty()) {
        callOff(draft, stageId, study.stages().get(stageId));
      }
    }
    return draft.decision();
  }

  private static void callOff(Draft draft, String stageId, WantedStage wanted) {
    StageRecord stage = draft.stage(stageId);
    if (stage.state() instanceof InFlight inFlight) {
      move(draft, stageId, inFlight.cancel());
      draft.order(new Order.CancelStage(stageId, inFlight.attempt()));
    } else if (stage.state() instanceof Trained trained
        && wanted.evaluations().stream().anyMatch(stage::owes)) {
      move(draft, stageId, trained.callOff());
      draft.order(new Order.CancelStage(stageId, trained.attempt()));
    }
  }

  /** Takes an event in. Events of stages that the ledger does not know change nothing. */
  public static Decision on(Ledger ledger, StageEvent event) {
    Draft draft = new Draft(ledger);
    if (!draft.knows(event.stageId())) {
      return Decision.NONE;
    }
    StageState state = draft.stage(event.stageId()).state();
    switch (event) {
      case StagePrepared e when state instanceof Requested r && r.attempt() == e.attempt() ->
          move(draft, e.stageId(), r.prepared());
      case StageProgressed e when state instanceof Requested r && r.attempt() == e.attempt() ->
          move(draft, e.stageId(), r.training());
      case StageProgressed e when state instanceof Prepared p && p.attempt() == e.attempt() ->
          move(draft, e.stageId(), p.training());
      case StageCompleted e -> completed(draft, state, e);
      case StageFailed e when state instanceof InFlight f && f.attempt() <= e.attempt() ->
          failed(draft, e, f);
      case CheckpointEvaluated e -> scored(draft, e);
      case EvaluationFailed e -> unscored(draft, e);
      // Late, repeated or our own: the state already says as much or more.
      case StagePrepared e -> {}
      case StageProgressed e -> {}
      case StageFailed e -> {}
      case CheckpointPublished e -> {}
      case StageRequested e -> {}
      case StageCancelled e -> {}
      // Nothing follows from waiting: what waits goes on by itself.
      case StageWaiting e -> {}
    }
    return draft.decision();
  }

  private static void move(Draft draft, String stageId, StageState next) {
    draft.change(new Change.StageMoved(stageId, next));
  }

  private static void completed(Draft draft, StageState state, StageCompleted event) {
    String stageId = event.stageId();
    Trained trained;
    switch (state) {
      case InFlight f -> trained = f.complete(event);
      // The checkpoint exists whoever asked for it, for instance before this database was restored.
      case Waiting w -> trained = Trained.of(w.attempt(), event);
      case Failed f -> trained = Trained.of(f.attempt(), event);
      // Cancelled is final until somebody asks again; then the trainer reports the checkpoint
      // again.
      case Cancelled c -> {
        return;
      }
      case Trained t -> {
        return;
      }
    }
    move(draft, stageId, trained);
    draft.children(stageId).forEach(child -> release(draft, child));
    afterResult(draft, stageId);
  }

  private static void failed(Draft draft, StageFailed event, InFlight state) {
    move(
        draft,
        event.stageId(),
        state.fail(new Failure(event.code(), event.message(), event.remedy())));
    settleAll(draft, event.stageId());
  }

  private static void scored(Draft draft, CheckpointEvaluated event) {
    Set<Scored> known = draft.stage(event.stageId()).scored();
    List<Scored> fresh =
        scores(event).filter(scored -> !known.contains(scored)).distinct().toList();
    fresh.forEach(scored -> draft.change(new Change.StageScored(event.stageId(), scored)));
    if (!fresh.isEmpty()) {
      afterResult(draft, event.stageId());
    }
  }

  private static Stream<Scored> scores(CheckpointEvaluated event) {
    return Stream.concat(
        event.results().stream().map(result -> Scored.of(event, result)),
        event.taskResults().stream().map(result -> Scored.of(event, result)));
  }

  /**
   * Scores of the same checkpoint may come later or be on their way on their own topic, so the
   * failure is kept and not acted on where a score answers.
   */
  private static void unscored(Draft draft, EvaluationFailed event) {
    StageRecord stage = draft.stage(event.stageId());
    boolean superseded = stage.state() instanceof Trained trained && !trained.isMeantBy(event);
    if (!superseded && !stage.unscored().contains(event)) {
      draft.change(new Change.EvaluationGivenUp(event.stageId(), event));
      settleAll(draft, event.stageId());
    }
  }

  /** A checkpoint or a score may be a new point of every study that wants the stage. */
  private static void afterResult(Draft draft, String stageId) {
    StageRecord stage = draft.stage(stageId);
    if (stage.state() instanceof Trained trained
        && stage.scored().stream().anyMatch(s -> trained.has(s.point(), s.sha256()))) {
      draft.wanting(stageId).forEach(study -> draft.order(new Order.UpdateFrontier(study.id())));
    }
    settleAll(draft, stageId);
  }

  /** Does what a newly submitted study needs of one of its stages. */
  private static void want(Draft draft, String studyId, SubmittedStage submitted) {
    String stageId = submitted.id();
    switch (draft.stage(stageId).state()) {
      case Waiting w -> release(draft, stageId);
      case Failed f -> {
        move(draft, stageId, f.retry());
        release(draft, stageId);
      }
      case Cancelled c -> {
        move(draft, stageId, c.retry());
        release(draft, stageId);
      }
      case InFlight f -> {
        if (asksForMore(draft, studyId, submitted)) {
          request(draft, stageId, f.attempt());
        }
      }
      case Trained t -> {
        if (!unanswered(draft, stageId).isEmpty()) {
          request(draft, stageId, t.attempt());
        }
      }
    }
  }

  /** Whether a study wants more of a stage under way than the others have asked for. */
  private static boolean asksForMore(Draft draft, String studyId, SubmittedStage submitted) {
    Set<WantedScore> asked = new HashSet<>();
    int priority = Integer.MIN_VALUE;
    for (StudyRecord other : draft.wanting(submitted.id())) {
      if (!other.id().equals(studyId)) {
        WantedStage wanted = other.stages().get(submitted.id());
        asked.addAll(wanted.evaluations());
        priority = Math.max(priority, wanted.priority());
      }
    }
    return submitted.wanted().priority() > priority
        || !asked.containsAll(submitted.wanted().evaluations());
  }

  /** Requests a waiting stage if somebody wants it and its parent is trained. */
  private static void release(Draft draft, String stageId) {
    StageRecord stage = draft.stage(stageId);
    boolean ready =
        stage.parent() == null || draft.stage(stage.parent()).state() instanceof Trained;
    if (ready && stage.state() instanceof Waiting waiting && !draft.wanting(stageId).isEmpty()) {
      Requested requested = waiting.request();
      move(draft, stageId, requested);
      request(draft, stageId, requested.attempt());
    }
  }

  private static void request(Draft draft, String stageId, int attempt) {
    int priority =
        draft.wanting(stageId).stream()
            .mapToInt(study -> study.stages().get(stageId).priority())
            .max()
            .orElse(0);
    if (!draft.stage(stageId).unscored().isEmpty()) {
      draft.change(new Change.EvaluationAskedAgain(stageId));
    }
    List<WantedScore> unanswered = unanswered(draft, stageId);
    draft.order(
        new Order.RequestStage(
            stageId, sets(unanswered), probes(unanswered), tasks(unanswered), priority, attempt));
  }

  private static List<WantedScore> unanswered(Draft draft, String stageId) {
    StageRecord stage = draft.stage(stageId);
    return wantedScores(draft, stageId).filter(stage::owes).toList();
  }

  private static List<HeldOutSet> sets(List<WantedScore> unanswered) {
    return unanswered.stream()
        .filter(WantedSet.class::isInstance)
        .map(wanted -> ((WantedSet) wanted).set())
        .distinct()
        .sorted(Comparator.comparing(HeldOutSet::corpus).thenComparingLong(HeldOutSet::maxTokens))
        .toList();
  }

  private static List<TaskEvaluation> tasks(List<WantedScore> unanswered) {
    return unanswered.stream()
        .filter(WantedTask.class::isInstance)
        .map(wanted -> ((WantedTask) wanted).evaluation())
        .distinct()
        .sorted(Comparator.comparing(TaskEvaluation::label))
        .toList();
  }

  private static List<Probe> probes(List<WantedScore> unanswered) {
    return unanswered.stream()
        .map(WantedScore::point)
        .filter(Probe.class::isInstance)
        .map(Probe.class::cast)
        .distinct()
        .sorted(Comparator.comparing(Probe::label))
        .toList();
  }

  private static Stream<WantedScore> wantedScores(Draft draft, String stageId) {
    return draft.wanting(stageId).stream()
        .map(study -> study.stages().get(stageId).evaluations())
        .flatMap(Set::stream);
  }

  private static void settleAll(Draft draft, String stageId) {
    draft.wanting(stageId).forEach(study -> settle(draft, study.id()));
  }

  /** Ends a study in which nothing can happen any more. */
  private static void settle(Draft draft, String studyId) {
    Map<String, WantedStage> wanted = draft.study(studyId).stages();
    if (draft.unfinished(studyId).stream()
        .noneMatch(id -> isOpen(draft, draft.stage(id), wanted.get(id)))) {
      boolean failed =
          wanted.entrySet().stream()
              .anyMatch(stage -> lacks(draft.stage(stage.getKey()), stage.getValue()));
      draft.change(
          new Change.StudyMoved(studyId, failed ? StudyState.FAILED : StudyState.COMPLETED));
    }
  }

  /** Whether something can still happen to a stage, for one study. */
  private static boolean isOpen(Draft draft, StageRecord stage, WantedStage wanted) {
    return switch (stage.state()) {
      case InFlight f -> true;
      case Trained t ->
          wanted.evaluations().stream().anyMatch(w -> stage.owes(w) && !stage.gaveUp(w));
      case Waiting w -> !blocked(draft, stage);
      case Failed f -> false;
      case Cancelled c -> false;
    };
  }

  /** Whether a stage to which nothing can happen any more is not what one study wanted. */
  private static boolean lacks(StageRecord stage, WantedStage wanted) {
    return switch (stage.state()) {
      case Failed f -> true;
      // Another study's cancellation never reaches a stage that this one wants.
      case Cancelled c -> true;
      case Trained t -> wanted.evaluations().stream().anyMatch(stage::owes);
      // It waits for one that failed, which counts.
      case Waiting w -> false;
      case InFlight f -> false;
    };
  }

  /** Whether a stage waits for one that failed. */
  private static boolean blocked(Draft draft, StageRecord stage) {
    String parent = stage.parent();
    while (parent != null) {
      StageRecord ancestor = draft.stage(parent);
      if (ancestor.state() instanceof Failed) {
        return true;
      }
      parent = ancestor.parent();
    }
    return false;
  }
}
