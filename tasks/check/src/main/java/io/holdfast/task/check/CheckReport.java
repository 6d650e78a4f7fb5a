package io.holdfast.task.check;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.TaskDescription;
import java.util.List;
import java.util.Map;

/** What a check of a service came to. */
public sealed interface CheckReport {

  /**
   * Nothing could be checked.
   *
   * @param reason one sentence
   */
  record NotReached(String reason) implements CheckReport {}

  /**
   * The service was checked.
   *
   * @param description what it says of itself; null when that is at fault
   * @param splits what its splits hold, in the description's order
   * @param problems everything that is wrong; none: the service conforms
   * @param notes what is allowed, and probably not meant
   */
  record Checked(
      TaskDescription description,
      List<SplitSummary> splits,
      List<Problem> problems,
      List<String> notes)
      implements CheckReport {
    public Checked {
      splits = List.copyOf(splits);
      problems = List.copyOf(problems);
      notes = List.copyOf(notes);
    }

    public boolean conforms() {
      return problems.isEmpty();
    }
  }

  /**
   * What a split holds.
   *
   * @param path such as {@code documents/train}
   * @param lines how many
   * @param bytes of all
   * @param kinds how many lines of each form or kind
   * @param groups different subjects that lines name; 0: none is named
   */
  record SplitSummary(String path, long lines, long bytes, Map<String, Long> kinds, long groups) {
    public SplitSummary {
      kinds = Map.copyOf(kinds);
    }
  }
}
