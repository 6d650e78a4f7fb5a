package io.holdfast.contracts.study;

import io.holdfast.contracts.corpus.InspectionRequest;
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
   * @param inspectable those of its corpora, and its tokenizer, that can be understood all the
   *     same, so that their own problems can be told together with these; null when nothing can
   * @param lines where in the text each path stands; empty when it is not even a tree
   */
  record Refused(List<Problem> problems, InspectionRequest inspectable, SourceLines lines)
      implements ParsedStudy {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
