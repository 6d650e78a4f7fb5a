package io.holdfast.contracts.event;

import io.holdfast.contracts.task.TaskName;
import java.time.Instant;
import java.util.Objects;

/**
 * Work on a stage waits for a task that is away, and goes on by itself when the task is back; or,
 * with {@code resumedAt}, it did. Other stages, and other work on this one, go on meanwhile.
 *
 * @param stageId which stage
 * @param attempt the attempt that waits
 * @param work what waits
 * @param task what is waited for
 * @param since when the waiting began
 * @param reason why the task cannot be used now, one sentence
 * @param resumedAt when the waiting ended; null while it lasts
 */
public record StageWaiting(
    String stageId,
    int attempt,
    WaitingWork work,
    TaskName task,
    Instant since,
    String reason,
    Instant resumedAt)
    implements StageEvent {

  public StageWaiting {
    Objects.requireNonNull(stageId, "stageId");
    Objects.requireNonNull(work, "work");
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(reason, "reason");
  }

  /** Whether the waiting is over. */
  public boolean ended() {
    return resumedAt != null;
  }

  /** The end of this waiting. */
  public StageWaiting resumed(Instant now) {
    return new StageWaiting(stageId, attempt, work, task, since, reason, now);
  }
}
