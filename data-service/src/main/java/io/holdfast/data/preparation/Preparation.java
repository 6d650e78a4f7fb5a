package io.holdfast.data.preparation;

import io.holdfast.contracts.event.StageFailed;
import io.holdfast.contracts.event.StageRequested;
import java.util.Objects;

/**
 * What became of the requests to prepare one stage.
 *
 * @param stageId which stage
 * @param state where it stands
 * @param attempt highest attempt that was requested, 0 when only a cancellation was seen
 * @param cancelledAttempt highest attempt that was cancelled, 0 for none
 * @param revision grows with each request that is to be answered
 * @param request what is to be answered, or was last; null when only a cancellation was seen
 * @param failure what was answered; null unless {@link State#FAILED}
 */
public record Preparation(
    String stageId,
    State state,
    int attempt,
    int cancelledAttempt,
    long revision,
    StageRequested request,
    StageFailed failure) {

  /** Where a preparation stands. */
  public enum State {
    REQUESTED,
    PREPARED,
    FAILED,
    CANCELLED
  }

  public Preparation {
    Objects.requireNonNull(stageId, "stageId");
    Objects.requireNonNull(state, "state");
    if ((failure != null) != (state == State.FAILED)) {
      throw new IllegalArgumentException("a failure belongs to a failed preparation");
    }
    if (request == null && state != State.CANCELLED) {
      throw new IllegalArgumentException("a preparation answers a request");
    }
  }

  boolean isRequested() {
    return state == State.REQUESTED;
  }

  Preparation prepared() {
    return new Preparation(
        stageId, State.PREPARED, attempt, cancelledAttempt, revision, request, null);
  }

  Preparation failed(StageFailed cause) {
    return new Preparation(
        stageId, State.FAILED, attempt, cancelledAttempt, revision, request, cause);
  }
}
