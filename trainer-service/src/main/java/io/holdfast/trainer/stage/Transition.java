package io.holdfast.trainer.stage;

import io.holdfast.contracts.event.StageEvent;
import java.util.List;

/**
 * A decision: the state that follows, what the world is told, and what becomes of the work. All
 * three are applied in one transaction.
 */
public record Transition(TrainingState next, List<StageEvent> events, Work work) {

  public Transition {
    events = List.copyOf(events);
  }

  /** What becomes of the leased work. */
  public enum Work {
    UNCHANGED,
    SUBMIT,
    CANCEL,
    /** As cancel; and what the stage has left is to be removed, if that is still right then. */
    DISCARD
  }

  /** Nothing follows. */
  public static Transition unchanged(TrainingState state) {
    return new Transition(state, List.of(), Work.UNCHANGED);
  }

  static Transition tell(TrainingState next, StageEvent... events) {
    return new Transition(next, List.of(events), Work.UNCHANGED);
  }

  static Transition submit(TrainingState.Queued next) {
    return new Transition(next, List.of(), Work.SUBMIT);
  }

  static Transition discard(TrainingState.Cancelled next) {
    return new Transition(next, List.of(), Work.DISCARD);
  }

  static Transition cancel(TrainingState.Cancelled next) {
    return new Transition(next, List.of(), Work.CANCEL);
  }
}
