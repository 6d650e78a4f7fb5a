package io.holdfast.data.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.contracts.event.StageFailed;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.contracts.task.TaskName;
import io.holdfast.data.Stages;
import io.holdfast.data.preparation.Preparation.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecisionTest {

  private static final HeldOutSet PROSE = new HeldOutSet("prose", 100);
  private static final HeldOutSet PROOFS = new HeldOutSet("proofs", 100);
  private static final StageFailed FAILURE =
      new StageFailed("stage", 1, FailureCode.DATA_UNUSABLE, "empty", "fill it");

  @Test
  void preparesAFirstRequest() {
    Preparation prepare = prepare(Decision.on(Optional.empty(), request(1, 5, PROSE)));
    assertThat(prepare)
        .isEqualTo(new Preparation("stage", State.REQUESTED, 1, 0, 1, request(1, 5, PROSE), null));
  }

  @Test
  void joinsARequestThatIsNotAnsweredYet() {
    Preparation waiting = requested(1, PROSE);
    Preparation joined = prepare(Decision.on(Optional.of(waiting), request(1, 2, PROOFS, PROSE)));
    assertThat(joined.request().evaluations()).containsExactly(PROSE, PROOFS);
    assertThat(joined.request().priority()).isEqualTo(5);
    assertThat(joined.revision()).isEqualTo(waiting.revision() + 1);
  }

  @Test
  void joinsWhatIsToBeMadeOfTheCheckpoint() {
    Probe half = new Probe.Interpolated(0.5);
    Probe noisy = new Probe.Noisy(Probe.Scale.ABSOLUTE, 0.01, 1);
    Preparation waiting = prepare(Decision.on(Optional.empty(), withProbes(half)));
    Preparation joined = prepare(Decision.on(Optional.of(waiting), withProbes(noisy, half)));
    assertThat(joined.request().probes()).containsExactly(half, noisy);
    Preparation again = prepare(Decision.on(Optional.of(joined.prepared()), withProbes(noisy)));
    assertThat(again.request().probes()).containsExactly(noisy);
  }

  private static StageRequested withProbes(Probe... probes) {
    StageRequested plain = request(1, 5, PROSE);
    return new StageRequested(
        plain.stageId(), plain.spec(), plain.evaluations(), List.of(probes), List.of(), 5, 1);
  }

  @Test
  void joinsTasks() {
    TaskEvaluation few = new TaskEvaluation(TaskName.of("capitals@1"), "test", 5, 1, null);
    TaskEvaluation none = new TaskEvaluation(TaskName.of("capitals@1"), "test", 0, 1, null);
    Preparation waiting = prepare(Decision.on(Optional.empty(), withTasks(few)));
    Preparation joined = prepare(Decision.on(Optional.of(waiting), withTasks(none, few)));
    assertThat(joined.request().tasks()).containsExactly(few, none);
    Preparation again = prepare(Decision.on(Optional.of(joined.prepared()), withTasks(none)));
    assertThat(again.request().tasks()).containsExactly(none);
  }

  private static StageRequested withTasks(TaskEvaluation... tasks) {
    StageRequested plain = request(1, 5, PROSE);
    return new StageRequested(
        plain.stageId(), plain.spec(), plain.evaluations(), List.of(), List.of(tasks), 5, 1);
  }

  @Test
  void answersAPreparedStageAnewWithTheNewEvaluations() {
    Preparation prepared = requested(1, PROSE).prepared();
    Preparation again = prepare(Decision.on(Optional.of(prepared), request(1, 2, PROOFS)));
    assertThat(again.state()).isEqualTo(State.REQUESTED);
    assertThat(again.request().evaluations()).containsExactly(PROOFS);
    assertThat(again.request().priority()).isEqualTo(2);
  }

  @Test
  void keepsTheHighestAttempt() {
    Preparation prepared = requested(3, PROSE).prepared();
    Preparation again = prepare(Decision.on(Optional.of(prepared), request(1, 2, PROOFS)));
    assertThat(again.attempt()).isEqualTo(3);
    assertThat(again.request().attempt()).isEqualTo(3);
  }

  @Test
  void repeatsAFailureUntilAHigherAttempt() {
    Preparation failed = requested(1, PROSE).failed(FAILURE);
    assertThat(Decision.on(Optional.of(failed), request(1, 5, PROSE)))
        .isEqualTo(new Decision.RepeatFailure(FAILURE));
    Preparation retried = prepare(Decision.on(Optional.of(failed), request(2, 5, PROSE)));
    assertThat(retried.state()).isEqualTo(State.REQUESTED);
    assertThat(retried.failure()).isNull();
  }

  @Test
  void stopsWhatIsCancelledAndIgnoresItsAttempt() {
    Preparation waiting = requested(2, PROSE);
    Preparation stopped = stop(Decision.on(Optional.of(waiting), new StageCancelled("stage", 2)));
    assertThat(stopped.state()).isEqualTo(State.CANCELLED);
    assertThat(Decision.on(Optional.of(stopped), request(2, 5, PROSE)))
        .isEqualTo(new Decision.Ignore());
    Preparation later = prepare(Decision.on(Optional.of(stopped), request(3, 5, PROSE)));
    assertThat(later.state()).isEqualTo(State.REQUESTED);
    assertThat(later.cancelledAttempt()).isEqualTo(2);
  }

  @Test
  void remembersACancellationThatOvertakesItsRequest() {
    Preparation stopped = stop(Decision.on(Optional.empty(), new StageCancelled("stage", 1)));
    assertThat(Decision.on(Optional.of(stopped), request(1, 5, PROSE)))
        .isEqualTo(new Decision.Ignore());
    assertThat(prepare(Decision.on(Optional.of(stopped), request(2, 5, PROSE))).attempt())
        .isEqualTo(2);
  }

  @Test
  void goesOnWithALaterAttemptThanTheCancelled() {
    Preparation waiting = requested(2, PROSE);
    Decision decision = Decision.on(Optional.of(waiting), new StageCancelled("stage", 1));
    assertThat(decision).isInstanceOf(Decision.Remember.class);
    Preparation after = ((Decision.Remember) decision).preparation();
    assertThat(after.state()).isEqualTo(State.REQUESTED);
    assertThat(after.cancelledAttempt()).isEqualTo(1);
    assertThat(Decision.on(Optional.of(after), new StageCancelled("stage", 1)))
        .isEqualTo(new Decision.Ignore());
  }

  private static Preparation requested(int attempt, HeldOutSet... evaluations) {
    return prepare(Decision.on(Optional.empty(), request(attempt, 5, evaluations)));
  }

  private static Preparation prepare(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Prepare.class);
    return ((Decision.Prepare) decision).preparation();
  }

  private static Preparation stop(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Stop.class);
    return ((Decision.Stop) decision).preparation();
  }

  private static StageRequested request(int attempt, int priority, HeldOutSet... evaluations) {
    return new StageRequested(
        "stage",
        Stages.spec("a".repeat(64), "prose", null),
        List.of(evaluations),
        List.of(),
        List.of(),
        priority,
        attempt);
  }
}
