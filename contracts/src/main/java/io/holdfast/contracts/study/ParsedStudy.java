package io.holdfast.contracts.study;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import java.util.List;

/** What became of a study's text. */
public sealed interface ParsedStudy {

  /**
   * The study.
   *
   * @throws InvalidInputException with every problem, when it was refused
   */
  default StudyFile orThrow() {
    return switch (this) {
      case Valid valid -> valid.study();
      case Refused refused -> throw new InvalidInputException(refused.problems());
    };
  }

  /** The text is a study. */
  record Valid(StudyFile study) implements ParsedStudy {}

  /**
   * The text is none.
   *
   * @param problems everything that is wrong with it, in the order of the text; never empty
   */
  record Refused(List<Problem> problems) implements ParsedStudy {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
