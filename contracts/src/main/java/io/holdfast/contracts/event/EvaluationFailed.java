package io.holdfast.contracts.event;

/**
 * A checkpoint cannot be scored on what was asked of it. Repeating {@link CheckpointPublished} asks
 * again.
 *
 * @param stageId the checkpoint's stage
 * @param checkpoint artifact path of the checkpoint
 * @param sha256 of the weights that were to be scored
 * @param code what kind of failure
 * @param message what happened, with the value and place
 * @param remedy what would help
 */
public record EvaluationFailed(
    String stageId,
    String checkpoint,
    String sha256,
    FailureCode code,
    String message,
    String remedy)
    implements StageEvent {}
