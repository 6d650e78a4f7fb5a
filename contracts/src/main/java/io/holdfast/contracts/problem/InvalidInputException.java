package io.holdfast.contracts.problem;

import java.util.List;
import java.util.stream.Collectors;

/** An input was refused; carries every problem found, so that all can be mended at once. */
public final class InvalidInputException extends RuntimeException {

  private final transient List<Problem> problems;

  public InvalidInputException(List<Problem> problems) {
    super(problems.stream().map(Problem::describe).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
