package io.holdfast.frontier.law;

import io.holdfast.contracts.problem.Problem;
import java.util.List;

/** What came of fitting a law. */
public sealed interface LawResult {

  /** The runs that it was to be fitted to. */
  List<LawPoint> points();

  /** The law is determined. */
  record Fitted(LawFit fit) implements LawResult {
    @Override
    public List<LawPoint> points() {
      return fit.points();
    }
  }

  /**
   * The runs cannot determine the law.
   *
   * @param problems what must vary, or be there, so that they could; never empty
   */
  record Undetermined(List<LawPoint> points, List<Problem> problems) implements LawResult {
    public Undetermined {
      points = List.copyOf(points);
      problems = List.copyOf(problems);
    }
  }
}
