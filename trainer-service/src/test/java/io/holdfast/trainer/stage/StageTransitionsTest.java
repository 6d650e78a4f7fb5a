package io.holdfast.trainer.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.event.CheckpointPublished.Parent;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StageCompleted.Marked;
import io.holdfast.contracts.event.StageFailed;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.task.TaskName;
import io.holdfast.trainer.Stages;
import io.holdfast.trainer.stage.TrainingState.Cancelled;
import io.holdfast.trainer.stage.TrainingState.Failed;
import io.holdfast.trainer.stage.TrainingState.Queued;
import io.holdfast.trainer.stage.TrainingState.Trained;
import io.holdfast.trainer.stage.TrainingState.Unknown;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StageTransitionsTest {

  private static final Parent PARENT = new Parent("checkpoints/parent/final", "1".repeat(64));
  private static final InStore THERE = new InStore(true, PARENT);
  private static final InStore GONE = new InStore(false, null);
  private static final Probe PROBE = new Probe.Interpolated(0.5);
  private static final TaskEvaluation TASK =
      new TaskEvaluation(TaskName.of("capitals@1"), "test", 0, 1, null);
  private static final Marked MARKED =
      new Marked(500, "checkpoints/stage/mark-500", "2".repeat(64), 4, 512);
  private static final StagePrepared FIRST = Stages.prepared(1, 1);
  private static final StagePrepared SECOND =
      new StagePrepared(
          FIRST.stageId(),
          FIRST.spec(),
          FIRST.plan(),
          FIRST.tokenizer(),
          null,
          null,
          List.of(Stages.heldOut("another")),
          List.of(PROBE),
          List.of(TASK),
          7,
          2);
  private static final StageCompleted COMPLETED = Stages.completed(FIRST.stageId());

  @Example
  void whatNobodyNeedsIsDiscardedUnlessItWasAskedForSince() {
    StageCancelled discard = new StageCancelled(FIRST.stageId(), 1, true);
    assertThat(StageTransitions.cancelled(new Trained(FIRST, COMPLETED), discard))
        .isEqualTo(new Transition(new Cancelled(1, true), List.of(), Transition.Work.DISCARD));

    TrainingState asked =
        StageTransitions.prepared(new Trained(FIRST, COMPLETED), SECOND, THERE).next();
    assertThat(StageTransitions.cancelled(asked, discard).next()).isEqualTo(asked);
    assertThat(StageTransitions.cancelled(asked, discard).work())
        .isEqualTo(Transition.Work.UNCHANGED);
    assertThat(StageTransitions.cancelled(new Queued(FIRST), discard))
        .as("it trained again what had been lost")
        .isEqualTo(new Transition(new Cancelled(1, true), List.of(), Transition.Work.DISCARD));
    assertThat(StageTransitions.cancelled(new Queued(SECOND), discard))
        .isEqualTo(Transition.unchanged(new Queued(SECOND)));

    assertThat(StageTransitions.prepared(new Cancelled(1, true), FIRST, GONE).next())
        .as("an old request, delivered late, brings nothing back")
        .isEqualTo(new Cancelled(1, true));
    assertThat(StageTransitions.prepared(new Cancelled(1, true), SECOND, GONE).work())
        .isEqualTo(Transition.Work.SUBMIT);
    StageCancelled later = new StageCancelled(FIRST.stageId(), 2);
    assertThat(StageTransitions.cancelled(new Cancelled(1, true), later).next())
        .as("what is to be removed still is")
        .isEqualTo(new Cancelled(2, true));
  }

  @Example
  void aNewStageIsQueuedAndAnEndedOneIsTold() {
    Transition queued = StageTransitions.prepared(new Unknown(), FIRST, GONE);
    assertThat(queued)
        .isEqualTo(new Transition(new Queued(FIRST), List.of(), Transition.Work.SUBMIT));

    Transition trained = StageTransitions.trained(new Queued(FIRST), COMPLETED, THERE);
    assertThat(trained.next()).isEqualTo(new Trained(FIRST, COMPLETED));
    assertThat(trained.events()).hasSize(2).contains(COMPLETED.askedUnder(1));
    assertThat((CheckpointPublished) trained.events().getFirst())
        .satisfies(
            published -> {
              assertThat(published.sha256()).isEqualTo(COMPLETED.sha256());
              assertThat(published.evaluations()).isEqualTo(FIRST.evaluations());
              assertThat(published.last()).isTrue();
              assertThat(published.sequenceLength())
                  .isEqualTo(FIRST.spec().architecture().maxSequenceLength());
            });
  }

  @Example
  void aStageWantedByTwoStudiesIsEvaluatedForBothAtTheHigherPriority() {
    Transition merged = StageTransitions.prepared(new Queued(SECOND), FIRST, GONE);
    StagePrepared prepared = ((Queued) merged.next()).prepared();
    assertThat(prepared.evaluations())
        .containsExactlyInAnyOrder(FIRST.evaluations().getFirst(), SECOND.evaluations().getFirst());
    assertThat(prepared.priority()).isEqualTo(7);
    assertThat(prepared.attempt()).isEqualTo(2);
  }

  @Example
  void aTrainedStageIsPublishedAgainWithTheNewEvaluations() {
    Trained trained = new Trained(FIRST, COMPLETED);
    Transition again = StageTransitions.prepared(trained, SECOND, THERE);
    assertThat(again.next()).isEqualTo(new Trained(SECOND, COMPLETED));
    assertThat(again.work()).isEqualTo(Transition.Work.UNCHANGED);
    assertThat(again.events()).hasSize(2).contains(COMPLETED.askedUnder(2));
    assertThat(((CheckpointPublished) again.events().getFirst()).evaluations())
        .isEqualTo(SECOND.evaluations());
  }

  @Example
  void marksArePublishedWhenReachedAndAgainWithTheEnd() {
    Queued queued = new Queued(FIRST);
    Transition reached = StageTransitions.reached(queued, MARKED);
    assertThat(reached.next()).isEqualTo(queued);
    assertThat(reached.work()).isEqualTo(Transition.Work.UNCHANGED);
    CheckpointPublished published = (CheckpointPublished) reached.events().getFirst();
    assertThat(published.point()).isEqualTo(new EvaluationPoint.Mark(500));
    assertThat(published.last()).isFalse();
    assertThat(published.tokens()).isEqualTo(512);
    assertThat(published.sha256()).isEqualTo(MARKED.sha256());
    assertThat(published.evaluations()).isEqualTo(FIRST.evaluations());
    assertThat(published.attempt()).isEqualTo(1);

    StageCompleted completed = withMark();
    Transition trained = StageTransitions.trained(queued, completed, THERE);
    assertThat(trained.events()).hasSize(3).contains(published, completed);
    assertThat(StageTransitions.prepared(trained.next(), FIRST, THERE).events())
        .isEqualTo(trained.events());
  }

  @Example
  void probesTravelWithTheFinalCheckpointAndItsParent() {
    Transition merged = StageTransitions.prepared(new Queued(FIRST), SECOND, GONE);
    Transition trained = StageTransitions.trained((Queued) merged.next(), withMark(), THERE);

    assertThat(trained.events())
        .filteredOn(CheckpointPublished.class::isInstance)
        .map(CheckpointPublished.class::cast)
        .satisfiesExactly(
            mark -> assertThat(mark.probes()).isEmpty(),
            last -> {
              assertThat(last.probes()).containsExactly(PROBE);
              assertThat(last.tasks()).containsExactly(TASK);
              assertThat(last.parent()).isEqualTo(PARENT);
              assertThat(last.attempt()).isEqualTo(2);
            });
  }

  private static StageCompleted withMark() {
    return new StageCompleted(
        COMPLETED.stageId(),
        COMPLETED.checkpoint(),
        COMPLETED.sha256(),
        COMPLETED.steps(),
        COMPLETED.tokens(),
        COMPLETED.tokensByCorpus(),
        false,
        COMPLETED.bestStep(),
        null,
        1,
        1e9,
        List.of(MARKED),
        1);
  }

  @Example
  void aTrainedStageWhoseCheckpointIsLostIsTrainedAgain() {
    Transition again = StageTransitions.prepared(new Trained(FIRST, COMPLETED), FIRST, GONE);
    assertThat(again.next()).isInstanceOf(Queued.class);
    assertThat(again.work()).isEqualTo(Transition.Work.SUBMIT);
  }

  @Example
  void aFailedStageIsTriedAgainOnlyUnderAHigherAttempt() {
    Transition failure =
        StageTransitions.failed(new Queued(FIRST), FailureCode.STORAGE, "full", "make room");
    StageFailed event =
        new StageFailed(FIRST.stageId(), 1, FailureCode.STORAGE, "full", "make room");
    assertThat(failure.events()).containsExactly(event);

    Failed failed = (Failed) failure.next();
    Transition repeated = StageTransitions.prepared(failed, FIRST, GONE);
    assertThat(repeated.next()).isEqualTo(failed);
    assertThat(repeated.events()).containsExactly(event);
    assertThat(StageTransitions.prepared(failed, SECOND, GONE).work())
        .isEqualTo(Transition.Work.SUBMIT);
  }

  @Example
  void aCancellationStopsItsAttemptAndNoLaterOne() {
    StageCancelled cancelFirst = new StageCancelled(FIRST.stageId(), 1);
    assertThat(StageTransitions.cancelled(new Queued(FIRST), cancelFirst))
        .isEqualTo(new Transition(new Cancelled(1, false), List.of(), Transition.Work.CANCEL));
    assertThat(StageTransitions.cancelled(new Queued(SECOND), cancelFirst).next())
        .isEqualTo(new Queued(SECOND));
    assertThat(StageTransitions.prepared(new Cancelled(1, false), SECOND, GONE).next())
        .isEqualTo(new Queued(SECOND));
  }

  @Example
  void aCancellationThatOvertakesItsRequestIsRemembered() {
    Transition early =
        StageTransitions.cancelled(new Unknown(), new StageCancelled(FIRST.stageId(), 1));
    assertThat(StageTransitions.prepared(early.next(), FIRST, GONE))
        .isEqualTo(new Transition(new Cancelled(1, false), List.of(), Transition.Work.UNCHANGED));
  }

  /**
   * Whatever comes in whatever order: an ended attempt stays ended, and the work fits the state.
   */
  @Property
  void endedAttemptsStayEndedAndWorkFitsTheState(@ForAll("histories") List<Step> history) {
    TrainingState state = new Unknown();
    boolean workThere = false;
    for (Step step : history) {
      Transition transition = step.on(state);
      if (attemptOfEnd(state) >= step.attempt && step.kind != Kind.DISCARDED) {
        assertThat(ended(transition.next())).as("%s on %s", step, state).isEqualTo(ended(state));
      }
      assertThat(transition.work() == Transition.Work.SUBMIT)
          .isEqualTo(step.kind == Kind.PREPARED && transition.next() instanceof Queued);
      workThere =
          switch (transition.work()) {
            case SUBMIT -> true;
            case CANCEL, DISCARD -> false;
            case UNCHANGED -> workThere && !step.ends();
          };
      state = transition.next();
      assertThat(workThere).as("%s led to %s", step, state).isEqualTo(state instanceof Queued);
    }
  }

  /** A delivery that repeats changes nothing but what is told again. */
  @Property
  void everyMessageTwiceIsAsGoodAsOnce(@ForAll("histories") List<Step> history) {
    TrainingState once = new Unknown();
    TrainingState twice = new Unknown();
    for (Step step : history) {
      once = step.on(once).next();
      twice = step.on(twice).next();
      if (!step.ends()) {
        twice = step.on(twice).next();
      }
    }
    assertThat(twice).isEqualTo(once);
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Kind> kinds = Arbitraries.of(Kind.class);
    return Combinators.combine(kinds, Arbitraries.integers().between(1, 3))
        .as(Step::new)
        .list()
        .ofMaxSize(12);
  }

  /** A trained stage remembers who asked last, which is no change of what it is. */
  private static Object ended(TrainingState state) {
    return state instanceof Trained trained ? trained.completed() : state;
  }

  private static int attemptOfEnd(TrainingState state) {
    return switch (state) {
      case Failed failed -> failed.failure().attempt();
      case Cancelled cancelled -> cancelled.attempt();
      case Trained trained -> Integer.MAX_VALUE;
      case Unknown none -> 0;
      case Queued queued -> 0;
    };
  }

  enum Kind {
    PREPARED,
    CANCELLED,
    DISCARDED,
    TRAINED,
    FAILED
  }

  /** Something that happens; the worker's outcomes only happen to queued stages. */
  record Step(Kind kind, int attempt) {

    Transition on(TrainingState state) {
      return switch (kind) {
        case PREPARED ->
            StageTransitions.prepared(
                state,
                new StagePrepared(
                    FIRST.stageId(),
                    FIRST.spec(),
                    FIRST.plan(),
                    FIRST.tokenizer(),
                    null,
                    null,
                    List.of(Stages.heldOut("set-" + attempt)),
                    List.of(),
                    List.of(),
                    attempt,
                    attempt),
                THERE);
        case CANCELLED ->
            StageTransitions.cancelled(state, new StageCancelled(FIRST.stageId(), attempt));
        case DISCARDED ->
            StageTransitions.cancelled(state, new StageCancelled(FIRST.stageId(), attempt, true));
        case TRAINED ->
            state instanceof Queued queued
                ? StageTransitions.trained(queued, COMPLETED, THERE)
                : Transition.unchanged(state);
        case FAILED ->
            state instanceof Queued queued
                ? StageTransitions.failed(queued, FailureCode.OUT_OF_MEMORY, "m", "r")
                : Transition.unchanged(state);
      };
    }

    boolean ends() {
      return kind == Kind.TRAINED || kind == Kind.FAILED;
    }
  }
}
