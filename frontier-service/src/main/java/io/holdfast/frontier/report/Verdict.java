package io.holdfast.frontier.report;

import io.holdfast.frontier.lifecycle.StudyState;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.RecipeComparison;
import java.util.ArrayList;
import java.util.List;

/**
 * What a study shows, in plain sentences that claim no more than its numbers: a direction only when
 * every seed has it, and "beyond chance" only when the 95 % interval over seeds excludes zero.
 *
 * @param statements findings, one for each comparison and loss
 * @param cautions what a reader must keep in mind
 */
public record Verdict(List<String> statements, List<String> cautions) {

  public Verdict {
    statements = List.copyOf(statements);
    cautions = List.copyOf(cautions);
  }

  /** The verdict on a study as it stands. */
  public static Verdict on(StudySnapshot study) {
    List<LineagePoint> points = study.points();
    List<LineagePoint> measured =
        points.stream().filter(p -> p.has(Metric.FINE_TUNED, Metric.RETAINED)).toList();
    List<String> statements = new ArrayList<>();
    List<String> cautions = new ArrayList<>();
    if (study.state() != StudyState.COMPLETED) {
      cautions.add(
          "The study is %s: %d of its %d points are measured, and the statements are about those only."
              .formatted(Wording.state(study.state()), measured.size(), points.size()));
    }
    if (measured.isEmpty()) {
      statements.add("No fine-tuned checkpoint has been measured on both losses yet.");
      return new Verdict(statements, cautions);
    }
    List<RecipeComparison> comparisons = study.comparisons();
    if (comparisons.isEmpty() && study.claims().isEmpty()) {
      statements.add(
          "The study has one recipe, so there is nothing to compare; the points and the front are"
              + " below.");
    }
    for (RecipeComparison comparison : comparisons) {
      statements.add(RetentionStatement.of(comparison));
      statements.addAll(ImmediateStatement.of(comparison));
      statements.addAll(PretrainingStatement.of(comparison));
    }
    cautions.addAll(Cautions.of(study, points, comparisons));
    return new Verdict(statements, cautions);
  }
}
