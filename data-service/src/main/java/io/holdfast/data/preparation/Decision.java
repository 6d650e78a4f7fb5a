package io.holdfast.data.preparation;

import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.contracts.event.StageFailed;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.data.preparation.Preparation.State;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an event makes of a preparation: pure functions, so that every order and repetition of
 * events can be tested.
 */
sealed interface Decision {

  /** The event is out of date, or changes nothing. */
  record Ignore() implements Decision {}

  /** Store the preparation and have it worked on. */
  record Prepare(Preparation preparation) implements Decision {}

  /** The request was answered with this failure, and is answered so again. */
  record RepeatFailure(StageFailed failure) implements Decision {}

  /** Store the preparation and stop work on it. */
  record Stop(Preparation preparation) implements Decision {}

  /**
   * A request. Prepared stages are answered anew, because the request can name other held-out sets;
   * requests that are not answered yet are joined.
   */
  static Decision on(Optional<Preparation> known, StageRequested request) {
    if (known.isEmpty()) {
      return new Prepare(
          new Preparation(
              request.stageId(), State.REQUESTED, request.attempt(), 0, 1, request, null));
    }
    Preparation before = known.get();
    if (request.attempt() <= before.cancelledAttempt()) {
      return new Ignore();
    }
    if (before.state() == State.FAILED && request.attempt() <= before.attempt()) {
      return new RepeatFailure(before.failure());
    }
    int attempt = Math.max(request.attempt(), before.attempt());
    return new Prepare(
        new Preparation(
            before.stageId(),
            State.REQUESTED,
            attempt,
            before.cancelledAttempt(),
            before.revision() + 1,
            joined(before, request, attempt),
            null));
  }

  private static StageRequested joined(Preparation before, StageRequested request, int attempt) {
    Set<HeldOutSet> evaluations = new LinkedHashSet<>();
    Set<Probe> probes = new LinkedHashSet<>();
    Set<TaskEvaluation> tasks = new LinkedHashSet<>();
    int priority = request.priority();
    if (before.isRequested()) {
      evaluations.addAll(before.request().evaluations());
      probes.addAll(before.request().probes());
      tasks.addAll(before.request().tasks());
      priority = Math.max(priority, before.request().priority());
    }
    evaluations.addAll(request.evaluations());
    probes.addAll(request.probes());
    tasks.addAll(request.tasks());
    return new StageRequested(
        request.stageId(),
        request.spec(),
        List.copyOf(evaluations),
        List.copyOf(probes),
        List.copyOf(tasks),
        priority,
        attempt);
  }

  /** A cancellation; it can overtake the request that it cancels. */
  static Decision on(Optional<Preparation> known, StageCancelled cancelled) {
    if (known.isEmpty()) {
      return new Stop(
          new Preparation(
              cancelled.stageId(), State.CANCELLED, 0, cancelled.attempt(), 0, null, null));
    }
    Preparation before = known.get();
    if (cancelled.attempt() <= before.cancelledAttempt()) {
      return new Ignore();
    }
    boolean stops = before.attempt() <= cancelled.attempt();
    Preparation after =
        new Preparation(
            before.stageId(),
            stops ? State.CANCELLED : before.state(),
            before.attempt(),
            cancelled.attempt(),
            before.revision(),
            before.request(),
            stops ? null : before.failure());
    return stops ? new Stop(after) : new Remember(after);
  }

  /** Store the preparation; work on it goes on. */
  record Remember(Preparation preparation) implements Decision {}
}
