package io.holdfast.trainer.stage;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.event.CheckpointPublished.Parent;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StageCompleted.Marked;
import io.holdfast.contracts.event.StageEvent;
import io.holdfast.contracts.event.StageFailed;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.trainer.stage.TrainingState.Cancelled;
import io.holdfast.trainer.stage.TrainingState.Failed;
import io.holdfast.trainer.stage.TrainingState.Queued;
import io.holdfast.trainer.stage.TrainingState.Trained;
import io.holdfast.trainer.stage.TrainingState.Unknown;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What follows from what happens to a stage. Pure: no clock, no database, no files. */
public final class StageTransitions {

  private StageTransitions() {}

  /**
   * The stage's data is ready, for the first time or again.
   *
   * @param inStore what is there of the stage: a trained one's final checkpoint may be lost
   */
  public static Transition prepared(TrainingState state, StagePrepared event, InStore inStore) {
    return switch (state) {
      case Unknown none -> Transition.submit(new Queued(event));
      case Queued queued -> Transition.submit(new Queued(merge(queued.prepared(), event)));
      case Trained trained when inStore.last() ->
          Transition.tell(trained.asked(event), told(event, trained.completed(), inStore));
      case Trained lost -> Transition.submit(new Queued(merge(lost.prepared(), event)));
      case Failed failed when event.attempt() > failed.failure().attempt() ->
          Transition.submit(new Queued(event));
      case Failed failed -> Transition.tell(failed, failed.failure());
      case Cancelled cancelled when event.attempt() > cancelled.attempt() ->
          Transition.submit(new Queued(event));
      case Cancelled cancelled -> Transition.unchanged(cancelled);
    };
  }

  /**
   * No study wants the stage any more. The cancellation may overtake the request that it is for,
   * because they come on different topics; so it is remembered.
   */
  public static Transition cancelled(TrainingState state, StageCancelled event) {
    if (event.discards()) {
      return discarded(state, new Cancelled(event.attempt(), true));
    }
    boolean discarding = state instanceof Cancelled earlier && earlier.discarding();
    Cancelled cancelled = new Cancelled(event.attempt(), discarding);
    return switch (state) {
      case Unknown none -> Transition.tell(cancelled);
      case Queued queued when event.attempt() >= queued.prepared().attempt() ->
          Transition.cancel(cancelled);
      case Queued later -> Transition.unchanged(later);
      case Trained trained -> Transition.unchanged(trained);
      case Failed failed when event.attempt() > failed.failure().attempt() ->
          Transition.tell(cancelled);
      case Failed failed -> Transition.unchanged(failed);
      case Cancelled earlier when event.attempt() > earlier.attempt() -> Transition.tell(cancelled);
      case Cancelled same -> Transition.unchanged(same);
    };
  }

  /** Nobody needs what the stage has left, unless it was asked for again in the meantime. */
  private static Transition discarded(TrainingState state, Cancelled cancelled) {
    int known =
        switch (state) {
          case Unknown none -> 0;
          case Queued queued -> queued.prepared().attempt();
          case Trained trained -> trained.prepared().attempt();
          case Failed failed -> failed.failure().attempt();
          case Cancelled earlier -> earlier.attempt();
        };
    return cancelled.attempt() >= known
        ? Transition.discard(cancelled)
        : Transition.unchanged(state);
  }

  /** The stage has left weights on its way; told again whenever it passes the mark again. */
  public static Transition reached(Queued state, Marked marked) {
    return Transition.tell(state, published(state.prepared(), marked));
  }

  /** Training is done and the final checkpoint is in the store. */
  public static Transition trained(Queued state, StageCompleted completed, InStore inStore) {
    return Transition.tell(
        new Trained(state.prepared(), completed), told(state.prepared(), completed, inStore));
  }

  /** Training cannot go on. */
  public static Transition failed(Queued state, FailureCode code, String message, String remedy) {
    StageFailed failure =
        new StageFailed(
            state.prepared().stageId(), state.prepared().attempt(), code, message, remedy);
    return Transition.tell(new Failed(failure), failure);
  }

  /** The marks again too: more may have been asked of them since the stage passed them. */
  private static StageEvent[] told(
      StagePrepared prepared, StageCompleted completed, InStore inStore) {
    List<StageEvent> events = new ArrayList<>();
    completed.marks().forEach(marked -> events.add(published(prepared, marked)));
    events.add(published(prepared, completed, inStore.parent()));
    events.add(completed.askedUnder(prepared.attempt()));
    return events.toArray(StageEvent[]::new);
  }

  private static CheckpointPublished published(StagePrepared prepared, Marked marked) {
    return new CheckpointPublished(
        prepared.stageId(),
        marked.checkpoint(),
        marked.sha256(),
        marked.step(),
        marked.tokens(),
        false,
        marked.mark(),
        prepared.attempt(),
        null,
        prepared.tokenizer(),
        prepared.spec().architecture().maxSequenceLength(),
        prepared.evaluations(),
        List.of(),
        prepared.tasks());
  }

  private static CheckpointPublished published(
      StagePrepared prepared, StageCompleted completed, Parent parent) {
    return new CheckpointPublished(
        completed.stageId(),
        completed.checkpoint(),
        completed.sha256(),
        completed.bestStep(),
        completed.tokens(),
        true,
        null,
        prepared.attempt(),
        parent,
        prepared.tokenizer(),
        // The model's, not the stage's: losses of one lineage are compared on equal windows.
        prepared.spec().architecture().maxSequenceLength(),
        prepared.evaluations(),
        prepared.probes(),
        prepared.tasks());
  }

  /**
   * Several studies may want the stage: the evaluations, probes and tasks of all, at the highest
   * priority.
   */
  private static StagePrepared merge(StagePrepared known, StagePrepared event) {
    StagePrepared latest = event.attempt() >= known.attempt() ? event : known;
    Set<HeldOutShard> evaluations = new LinkedHashSet<>(known.evaluations());
    evaluations.addAll(event.evaluations());
    Set<Probe> probes = new LinkedHashSet<>(known.probes());
    probes.addAll(event.probes());
    Set<TaskEvaluation> tasks = new LinkedHashSet<>(known.tasks());
    tasks.addAll(event.tasks());
    return new StagePrepared(
        latest.stageId(),
        latest.spec(),
        latest.plan(),
        latest.tokenizer(),
        latest.dev(),
        latest.fisher(),
        List.copyOf(evaluations),
        List.copyOf(probes),
        List.copyOf(tasks),
        Math.max(known.priority(), event.priority()),
        latest.attempt());
  }
}
