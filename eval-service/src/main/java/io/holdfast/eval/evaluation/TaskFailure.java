package io.holdfast.eval.evaluation;

import io.holdfast.contracts.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a piece cannot be scored, for people.
 *
 * @param message every problem, one sentence each
 * @param remedy of the first
 */
record TaskFailure(String message, String remedy) {

  /** A stranger may have found many faults. */
  private static final int SHOWN = 5;

  static TaskFailure of(TaskPiece piece, List<Problem> problems) {
    String found =
        problems.stream()
            .limit(SHOWN)
            .map(
                problem ->
                    "%s%s%s: %s"
                        .formatted(
                            problem.file() == null ? "" : problem.file() + " ",
                            problem.line() == null ? "" : "line " + problem.line() + " ",
                            problem.path()
                                + (problem.value() == null ? "" : " (" + problem.value() + ")"),
                            problem.message()))
            .collect(Collectors.joining(" "));
    String more = problems.size() > SHOWN ? " And %d more.".formatted(problems.size() - SHOWN) : "";
    return new TaskFailure(
        piece.evaluation().label() + ": " + found + more, problems.getFirst().remedy());
  }
}
