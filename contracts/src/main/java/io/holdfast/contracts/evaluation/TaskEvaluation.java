package io.holdfast.contracts.evaluation;

import io.holdfast.contracts.task.TaskName;
import java.util.Objects;

/**
 * A task's evaluation split as a study wants it scored. A version of a task never changes, so equal
 * evaluations ask for the same prompts, wherever the task's service runs.
 *
 * @param task which task
 * @param split one of the task's evaluation splits
 * @param fewShot solved examples before each request, drawn from the task's training split
 * @param seed of that draw
 * @param limit the first requests that are scored; null for all
 */
public record TaskEvaluation(TaskName task, String split, int fewShot, long seed, Long limit) {

  public TaskEvaluation {
    Objects.requireNonNull(task, "task");
    if (split == null || split.isBlank()) {
      throw new IllegalArgumentException("a split has a name");
    }
    if (fewShot < 0 || (limit != null && limit <= 0)) {
      throw new IllegalArgumentException(
          "few_shot is not negative and a limit positive: %d, %d".formatted(fewShot, limit));
    }
  }

  /** How it is told from others, such as {@code capitals@1 test, 5-shot}. */
  public String label() {
    return task
        + " "
        + split
        + (fewShot == 0 ? "" : ", %d-shot".formatted(fewShot))
        + (fewShot == 0 || seed == 1 ? "" : ", seed " + seed)
        + (limit == null ? "" : ", first " + limit);
  }
}
