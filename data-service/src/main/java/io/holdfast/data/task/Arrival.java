package io.holdfast.data.task;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.TaskName;
import java.time.Instant;
import java.util.List;

/** What came of bringing a task's documents. */
public sealed interface Arrival {

  /** They are in the artifact store. */
  record Here() implements Arrival {}

  /** Somebody else brings them right now; ask again soon. */
  record UnderWay() implements Arrival {}

  /** The task does not answer now; waiting helps. */
  record Away(TaskName task, Instant since, String reason) implements Arrival {}

  /** They cannot be had; waiting does not help. */
  record Refused(List<Problem> problems) implements Arrival {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
