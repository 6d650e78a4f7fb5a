package io.holdfast.trainer.stage;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.contracts.event.StageCompleted;
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
   * @param checkpointThere whether the final checkpoint of a trained stage is still in the store
   */
  public static Transition prepared(
      TrainingState state, StagePrepared event, boolean checkpointThere) {
    return switch (state) {
      case Unknown none -> Transition.submit(new Queued(event));
      case Queued queued -> Transition.submit(new Queued(merge(queued.prepared(), event)));
      case Trained trained when checkpointThere ->
          Transition.tell(trained, published(event, trained.completed()), trained.completed());
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
    Cancelled cancelled = new Cancelled(event.attempt());
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

  /** Training is done and the final checkpoint is in the store. */
  public static Transition trained(Queued state, StageCompleted completed) {
    return Transition.tell(
        new Trained(state.prepared(), completed),
        published(state.prepared(), completed),
        completed);
  }

  /** Training cannot go on. */
  public static Transition failed(Queued state, FailureCode code, String message, String remedy) {
    StageFailed failure =
        new StageFailed(
            state.prepared().stageId(), state.prepared().attempt(), code, message, remedy);
    return Transition.tell(new Failed(failure), failure);
  }

  private static CheckpointPublished published(StagePrepared prepared, StageCompleted completed) {
    return new CheckpointPublished(
        completed.stageId(),
        completed.checkpoint(),
        completed.sha256(),
        completed.bestStep(),
        completed.tokens(),
        true,
        prepared.tokenizer(),
        // The model's, not the stage's: losses of one lineage are compared on equal windows.
        prepared.spec().architecture().maxSequenceLength(),
        prepared.evaluations());
  }

  /** Several studies may want the stage: the evaluations of all, at the highest priority. */
  private static StagePrepared merge(StagePrepared known, StagePrepared event) {
    StagePrepared latest = event.attempt() >= known.attempt() ? event : known;
    Set<HeldOutShard> evaluations = new LinkedHashSet<>(known.evaluations());
    evaluations.addAll(event.evaluations());
    List<HeldOutShard> all = new ArrayList<>(evaluations);
    return new StagePrepared(
        latest.stageId(),
        latest.spec(),
        latest.plan(),
        latest.tokenizer(),
        latest.dev(),
        latest.fisher(),
        all,
        Math.max(known.priority(), event.priority()),
        latest.attempt());
  }
}
