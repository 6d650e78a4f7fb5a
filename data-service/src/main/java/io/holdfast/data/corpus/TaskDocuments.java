package io.holdfast.data.corpus;

import io.holdfast.contracts.task.TaskName;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the documents of tasks that have been brought here. */
public interface TaskDocuments {

  /** Where no task's documents are. */
  TaskDocuments NONE = (task, split) -> Optional.empty();

  /** The split's documents; nothing when they are not here. */
  Optional<Lines> find(TaskName task, String split);

  /**
   * JSON lines.
   *
   * @param file where they are, verified
   * @param sha256 of the file
   */
  record Lines(Path file, String sha256) {}
}
