package io.holdfast.contracts.event;

/**
 * No study wants this stage any more.
 *
 * @param stageId which stage
 * @param attempt the attempt to stop; later attempts go on
 */
public record StageCancelled(String stageId, int attempt) implements StageEvent {}
