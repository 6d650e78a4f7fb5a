package io.holdfast.frontier.study;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import java.util.List;

/** What became of a study once its corpora were looked at. */
public sealed interface ExpandedStudy {

  /**
   * The tree.
   *
   * @throws InvalidInputException with every problem, when the study was refused
   */
  default StageTree orThrow() {
    return switch (this) {
      case Accepted accepted -> accepted.tree();
      case Refused refused -> throw new InvalidInputException(refused.problems());
    };
  }

  /** The study can run. */
  record Accepted(StageTree tree) implements ExpandedStudy {}

  /**
   * The study cannot run with these corpora.
   *
   * @param problems everything that is wrong, with the study file's lines; never empty
   */
  record Refused(List<Problem> problems) implements ExpandedStudy {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
