package io.holdfast.contracts.event;

/**
 * A stage cannot be trained.
 *
 * @param stageId which stage
 * @param attempt the attempt that failed
 * @param code what kind of failure
 * @param message what happened, with the value and place
 * @param remedy what would help
 */
public record StageFailed(
    String stageId, int attempt, FailureCode code, String message, String remedy)
    implements StageEvent {}
