package io.holdfast.frontier.api;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.TaskPlane;
import io.holdfast.frontier.statistics.TaskPlane.TaskPoint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * L_ret against a task's metric, with each recipe's pooled front marked.
 *
 * @param task what was scored
 * @param metric the horizontal axis, in its own direction
 * @param higherIsBetter that direction; on the vertical axis, L_ret, lower is better
 * @param points every point whose two coordinates are known
 */
public record TaskPlaneView(
    TaskEvaluation task, String metric, boolean higherIsBetter, List<Point> points) {

  /**
   * A point.
   *
   * @param standardError of {@code value}, over the task's requests; null where one leaves it open
   * @param onFrontier whether no other point of its recipe is at least as good on both axes and
   *     better on one
   */
  public record Point(
      String recipe,
      long seed,
      String settings,
      EvaluationPoint point,
      String stageId,
      double value,
      Double standardError,
      double retained,
      boolean onFrontier) {}

  static TaskPlaneView of(TaskPlane plane) {
    Set<TaskPoint> optimal = new HashSet<>();
    plane.fronts().values().forEach(optimal::addAll);
    return new TaskPlaneView(
        plane.task(),
        plane.metric(),
        plane.higherIsBetter(),
        plane.points().stream().map(point -> of(point, optimal.contains(point))).toList());
  }

  private static Point of(TaskPoint at, boolean optimal) {
    return new Point(
        at.point().recipe(),
        at.point().seed(),
        at.point().label(),
        at.point().point(),
        at.point().stageId(),
        at.value(),
        at.standardError(),
        at.point().nats(Metric.RETAINED),
        optimal);
  }
}
