package io.holdfast.frontier.lifecycle;

import io.holdfast.contracts.event.FailureCode;

/**
 * Why a stage, or the scoring of its checkpoint, failed.
 *
 * @param code what kind of failure
 * @param message what happened, with the value and place
 * @param remedy what would help
 */
public record Failure(FailureCode code, String message, String remedy) {}
