package io.holdfast.task.registry;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.contracts.task.TaskName;
import java.time.Instant;
import java.util.List;

/** What came of looking for a task. */
public sealed interface TaskLookup {

  /**
   * It is known what it says of itself. Its service may be away all the same.
   *
   * @param task what was heard of it
   * @param description what it says of itself, with the hash that was announced
   */
  record Found(KnownTask task, TaskDescription description) implements TaskLookup {}

  /**
   * It is known, but not what it says of itself, because it does not answer now. Waiting helps.
   *
   * @param name which task
   * @param since when it was last heard of
   * @param reason one sentence
   */
  record Away(TaskName name, Instant since, String reason) implements TaskLookup {}

  /** There is no such task, or it is not what was announced. Waiting does not help. */
  record Refused(List<Problem> problems) implements TaskLookup {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
