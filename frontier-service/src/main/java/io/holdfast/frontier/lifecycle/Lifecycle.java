package io.holdfast.frontier.lifecycle;

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
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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
    needWeights(draft, submission);
    submission.stages().forEach(stage -> want(draft, submission.id(), stage));
    draft.order(new Order.UpdateFrontier(submission.id()));
    Settling.ofStudy(draft, submission.id());
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
        && !trained.isStored()
        && !(trained.weights() instanceof Weights.Collected)) {
      move(draft, stageId, trained.in(Weights.COLLECTED));
      // Also what a trainer may have left of them, or finished a moment ago.
      draft.order(new Order.CollectStage(stageId, trained.attempt()));
    } else if (stage.state() instanceof Trained trained
        && wanted.evaluations().stream().anyMatch(stage::owes)) {
      move(draft, stageId, trained.callOff());
      draft.order(new Order.CancelStage(stageId, trained.attempt()));
    }
  }

  /**
   * Lets the checkpoints of stages go. Those that a running study wants stay, whoever decided
   * otherwise a moment ago; the scores of all stay.
   */
  public static Decision collect(Ledger ledger, Collection<String> stageIds) {
    Draft draft = new Draft(ledger);
    for (String stageId : stageIds.stream().sorted().toList()) {
      if (draft.wanting(stageId).isEmpty()) {
        switch (draft.stage(stageId).state()) {
          case Trained t when t.isStored() -> {
            move(draft, stageId, t.in(Weights.COLLECTED));
            draft.order(new Order.CollectStage(stageId, t.attempt()));
          }
          // What a trainer left to go on from.
          case Failed f -> draft.order(new Order.CollectStage(stageId, f.attempt()));
          case Cancelled c -> draft.order(new Order.CollectStage(stageId, c.attempt()));
          case Trained gone -> {}
          case Waiting w -> {}
          case InFlight f -> {}
        }
      }
    }
    return draft.decision();
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
      case StageFailed e when state instanceof Trained t && t.isAskedUnder(e.attempt()) ->
          lost(draft, e, t);
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
      // Of an attempt whose checkpoint was collected since, said late or twice. The trainer says it
      // again for this one.
      case InFlight f when event.isBefore(f.attempt()) -> {
        return;
      }
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
        if (t.weights() instanceof Weights.Asked && !event.isBefore(t.attempt())) {
          restored(draft, t, event);
        }
        return;
      }
    }
    move(draft, stageId, trained);
    draft.children(stageId).forEach(child -> release(draft, child));
    afterResult(draft, stageId);
  }

  /**
   * The weights are there again: of the same bits where the same kind of hardware trained them. Of
   * others nothing is known, so everything that was known of the old ones is asked for, also what
   * only studies that ended wanted.
   */
  private static void restored(Draft draft, Trained before, StageCompleted event) {
    String stageId = event.stageId();
    Trained again = Trained.of(before.attempt(), event);
    move(draft, stageId, again);
    if (!again.equalsWeightsOf(before)) {
      draft.order(Requests.ofAll(draft.stage(stageId), before, draft.wanting(stageId)));
    }
    draft.children(stageId).forEach(child -> startAgain(draft, child));
    afterResult(draft, stageId);
  }

  /** What waited for its parent's weights to be there again. */
  private static void startAgain(Draft draft, String stageId) {
    release(draft, stageId);
    if (draft.stage(stageId).state() instanceof Trained t
        && t.isStored()
        && due(draft, stageId).anyMatch(WantedScore::liesBetween)) {
      request(draft, stageId, t.attempt());
    }
  }

  private static void failed(Draft draft, StageFailed event, InFlight state) {
    move(
        draft,
        event.stageId(),
        state.fail(new Failure(event.code(), event.message(), event.remedy())));
    Settling.ofStage(draft, event.stageId());
  }

  /** Scores stay; whoever needs the weights cannot go on. */
  private static void lost(Draft draft, StageFailed event, Trained state) {
    Failure failure = new Failure(event.code(), event.message(), event.remedy());
    move(draft, event.stageId(), state.in(new Weights.Lost(failure)));
    Settling.ofStage(draft, event.stageId());
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
      Settling.ofStage(draft, event.stageId());
    }
  }

  /** A checkpoint or a score may be a new point of every study that wants the stage. */
  private static void afterResult(Draft draft, String stageId) {
    StageRecord stage = draft.stage(stageId);
    if (stage.state() instanceof Trained trained
        && stage.scored().stream().anyMatch(s -> trained.has(s.point(), s.sha256()))) {
      draft.wanting(stageId).forEach(study -> draft.order(new Order.UpdateFrontier(study.id())));
    }
    Settling.ofStage(draft, stageId);
  }

  /**
   * Whose weights were removed and are needed again: to be scored, because a child is trained, or
   * trained again, from them, or because something between a child and them is to be scored.
   */
  private static void needWeights(Draft draft, StudySubmission submission) {
    Set<String> started = new HashSet<>();
    for (SubmittedStage stage : submission.stages().reversed()) {
      StageState state = draft.stage(stage.id()).state();
      List<WantedScore> owed = owed(draft, stage.id()).toList();
      boolean again =
          state instanceof Trained trained
              && trained.isGone()
              && (!owed.isEmpty() || started.contains(stage.id()));
      if (again && state instanceof Trained trained) {
        move(draft, stage.id(), trained.in(Weights.NEEDED));
      }
      if (again
          || !(state instanceof Trained)
          || owed.stream().anyMatch(WantedScore::liesBetween)) {
        started.add(stage.parent());
      }
    }
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
        boolean more =
            t.isStored()
                ? due(draft, stageId).findAny().isPresent()
                : t.weights() instanceof Weights.Asked && asksForMore(draft, studyId, submitted);
        if (more) {
          request(draft, stageId, t.attempt());
        } else {
          release(draft, stageId);
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

  /**
   * Requests a stage that waits, for the first time or to be trained again, if somebody wants it
   * and its parent's weights are there.
   */
  private static void release(Draft draft, String stageId) {
    StageRecord stage = draft.stage(stageId);
    if (!hasStart(draft, stage) || draft.wanting(stageId).isEmpty()) {
      return;
    }
    if (stage.state() instanceof Waiting waiting) {
      Requested requested = waiting.request();
      move(draft, stageId, requested);
      request(draft, stageId, requested.attempt());
    } else if (stage.state() instanceof Trained t && t.weights() instanceof Weights.Needed) {
      Trained asked = t.ask();
      move(draft, stageId, asked);
      request(draft, stageId, asked.attempt());
    }
  }

  private static boolean hasStart(Draft draft, StageRecord stage) {
    return stage.parent() == null
        || draft.stage(stage.parent()).state() instanceof Trained trained && trained.isStored();
  }

  private static void request(Draft draft, String stageId, int attempt) {
    if (!draft.stage(stageId).unscored().isEmpty()) {
      draft.change(new Change.EvaluationAskedAgain(stageId));
    }
    draft.order(
        Requests.of(stageId, attempt, draft.wanting(stageId), due(draft, stageId).toList()));
  }

  /** Scores that are to come; without those between two weights of which one is away. */
  private static Stream<WantedScore> due(Draft draft, String stageId) {
    boolean start = hasStart(draft, draft.stage(stageId));
    return owed(draft, stageId).filter(wanted -> start || !wanted.liesBetween());
  }

  private static Stream<WantedScore> owed(Draft draft, String stageId) {
    StageRecord stage = draft.stage(stageId);
    return draft.wanting(stageId).stream()
        .map(study -> study.stages().get(stageId).evaluations())
        .flatMap(Set::stream)
        .filter(stage::owes);
  }
}
