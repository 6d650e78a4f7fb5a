package io.holdfast.frontier.statistics.verdict;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Projection;
import io.holdfast.frontier.statistics.comparison.Objectives;
import io.holdfast.frontier.statistics.comparison.RecipeFronts;
import io.holdfast.frontier.statistics.design.Trial;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import java.util.List;

/**
 * What statistics are made of.
 *
 * @param recipes in the study's order; the first is the baseline
 * @param trials every point that the study will have, measured or not
 * @param resampling of all bootstrap intervals
 */
public record StudyTrials(List<String> recipes, List<Trial> trials, Resampling resampling) {

  public StudyTrials {
    recipes = List.copyOf(recipes);
    trials = List.copyOf(trials);
  }

  /** The trials without their knobs. */
  public List<LineagePoint> points() {
    return trials.stream().map(Trial::point).toList();
  }

  /**
   * The trials of final checkpoints. Designs compare these alone: marks and interpolations are
   * further points of a front, but no further runs.
   */
  public List<Trial> ends() {
    return trials.stream()
        .filter(trial -> trial.point().point() instanceof EvaluationPoint.Final)
        .toList();
  }

  /** The final checkpoints' trials of some recipes; of all, when none is named. */
  public List<Trial> among(List<String> named) {
    return named.isEmpty()
        ? ends()
        : ends().stream().filter(trial -> named.contains(trial.point().recipe())).toList();
  }

  /** All recipes' fronts in a plane. */
  public RecipeFronts fronts(Projection plane) {
    return RecipeFronts.of(Objectives.of(plane), recipes, points());
  }
}
