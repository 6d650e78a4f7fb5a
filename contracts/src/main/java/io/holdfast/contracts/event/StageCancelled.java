package io.holdfast.contracts.event;

/**
 * No study wants this stage any more.
 *
 * @param stageId which stage
 * @param attempt the attempt to stop; later attempts go on
 * @param discard true when nobody needs its checkpoints either: they are removed, unless a later
 *     attempt was heard of; null, as false becomes, when they stay
 */
public record StageCancelled(String stageId, int attempt, Boolean discard) implements StageEvent {

  public StageCancelled {
    discard = Boolean.TRUE.equals(discard) ? true : null;
  }

  /** Calls a stage off; what it has left stays. */
  public StageCancelled(String stageId, int attempt) {
    this(stageId, attempt, null);
  }

  /** Whether its checkpoints go. */
  public boolean discards() {
    return discard != null;
  }
}
