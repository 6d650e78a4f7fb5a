package io.holdfast.eval.evaluation;

import io.holdfast.contracts.task.TaskName;

/** A task that is announced does not answer: its conversation is tried again after a pause. */
final class TaskAwayException extends RuntimeException {
  TaskAwayException(TaskName task, String reason) {
    super("%s does not answer: %s".formatted(task, reason), null, false, false);
  }
}
