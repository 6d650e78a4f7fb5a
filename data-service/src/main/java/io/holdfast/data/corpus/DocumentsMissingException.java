package io.holdfast.data.corpus;

import io.holdfast.contracts.task.TaskName;

/** A task's documents are not here yet, or not any more; its service has them. */
public final class DocumentsMissingException extends RuntimeException {

  public DocumentsMissingException(TaskName task, String split) {
    super("the documents of %s/%s are not here".formatted(task, split));
  }
}
