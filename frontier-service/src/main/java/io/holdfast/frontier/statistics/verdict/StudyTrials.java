package io.holdfast.frontier.statistics.verdict;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.study.StudyTask;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Measured;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.Projection;
import io.holdfast.frontier.statistics.TaskPlane;
import io.holdfast.frontier.statistics.TaskPlane.TaskPoint;
import io.holdfast.frontier.statistics.comparison.Objectives;
import io.holdfast.frontier.statistics.comparison.RecipeFronts;
import io.holdfast.frontier.statistics.design.Trial;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What statistics are made of.
 *
 * @param recipes in the study's order; the first is the baseline
 * @param trials every point that the study will have, measured or not
 * @param resampling of all bootstrap intervals
 * @param tasks what was scored on the tasks that claims are about
 * @param laws those that claims are about
 */
public record StudyTrials(
    List<String> recipes,
    List<Trial> trials,
    Resampling resampling,
    Map<StudyTask, TaskPlane> tasks,
    List<ClaimedLaw> laws) {

  public StudyTrials {
    recipes = List.copyOf(recipes);
    trials = List.copyOf(trials);
    tasks = Map.copyOf(tasks);
    laws = List.copyOf(laws);
  }

  /** What losses alone say. */
  public StudyTrials(List<String> recipes, List<Trial> trials, Resampling resampling) {
    this(recipes, trials, resampling, Map.of(), List.of());
  }

  /** The trials that a task has scored, with a number of its score in the place of L_ret. */
  StudyTrials scored(TaskPlane plane, ToDoubleFunction<TaskPoint> number) {
    Map<LineagePoint, Double> numbers = new HashMap<>();
    plane.points().forEach(point -> numbers.put(point.point(), number.applyAsDouble(point)));
    return new StudyTrials(
        recipes,
        trials.stream()
            .filter(trial -> numbers.containsKey(trial.point()))
            .map(trial -> scored(trial, numbers.get(trial.point())))
            .toList(),
        resampling);
  }

  private static Trial scored(Trial trial, double number) {
    LineagePoint point = trial.point();
    Map<Metric, Measured> values = new EnumMap<>(Metric.class);
    values.putAll(point.losses());
    values.computeIfPresent(
        Metric.RETAINED,
        (retained, loss) ->
            new Measured(number, loss.standardError(), loss.tokens(), loss.windows()));
    return new Trial(
        new LineagePoint(
            point.recipe(),
            point.seed(),
            point.stageId(),
            point.baseStageId(),
            point.settings(),
            point.point(),
            values),
        trial.knobs());
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
