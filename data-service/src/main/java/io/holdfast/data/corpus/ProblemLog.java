package io.holdfast.data.corpus;

import io.holdfast.contracts.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects problems up to a bound, so that many can be mended at once but not millions are kept.
 */
final class ProblemLog {

  private final int limit;
  private final List<Problem> problems = new ArrayList<>();

  ProblemLog(int limit) {
    this.limit = limit;
  }

  void add(Problem problem) {
    if (!full()) {
      problems.add(problem);
    }
  }

  /** Whether there is no point in reading on. */
  boolean full() {
    return problems.size() >= limit;
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }
}
