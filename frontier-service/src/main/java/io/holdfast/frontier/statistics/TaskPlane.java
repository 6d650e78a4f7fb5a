package io.holdfast.frontier.statistics;

import io.holdfast.contracts.evaluation.TaskEvaluation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Skill kept against skill gained on a task: L_ret against one of the task's metrics, shown with
 * its own name and direction. Beside the two planes of losses; the claims' plane stays (L_ret,
 * L_ft).
 *
 * @param task what was scored
 * @param metric its name
 * @param higherIsBetter its direction
 * @param points every point whose L_ret and metric are known
 * @param fronts each recipe's Pareto-optimal points, from the worst value of the metric to the best
 */
public record TaskPlane(
    TaskEvaluation task,
    String metric,
    boolean higherIsBetter,
    List<TaskPoint> points,
    Map<String, List<TaskPoint>> fronts) {

  public TaskPlane {
    points = List.copyOf(points);
  }

  /** What is measured: {@code acc on capitals@1 test}. */
  public String label() {
    return metric + " on " + task.label();
  }

  /** A value of the metric as a number that is lower where the value is better. */
  public double cost(double value) {
    return cost(value, higherIsBetter);
  }

  /**
   * A point with its value on the task.
   *
   * @param point with its L_ret
   * @param value of the metric
   * @param standardError over the task's requests; null where one leaves it open
   */
  public record TaskPoint(LineagePoint point, double value, Double standardError) {}

  /** The plane of these points; those of other recipes than the given ones have no front. */
  public static TaskPlane of(
      TaskEvaluation task,
      String metric,
      boolean higherIsBetter,
      List<String> recipes,
      List<TaskPoint> points) {
    List<TaskPoint> known =
        points.stream().filter(point -> point.point().has(Metric.RETAINED)).toList();
    Map<String, List<TaskPoint>> fronts = new LinkedHashMap<>();
    for (String recipe : recipes) {
      List<TaskPoint> own =
          known.stream().filter(point -> point.point().recipe().equals(recipe)).toList();
      fronts.put(recipe, front(own, higherIsBetter));
    }
    return new TaskPlane(task, metric, higherIsBetter, known, fronts);
  }

  private static List<TaskPoint> front(List<TaskPoint> own, boolean higherIsBetter) {
    boolean[] optimal =
        ParetoFront.optimal(
            own.stream().mapToDouble(p -> cost(p.value(), higherIsBetter)).toArray(),
            own.stream().mapToDouble(p -> p.point().nats(Metric.RETAINED)).toArray());
    List<TaskPoint> front = new ArrayList<>();
    for (int i = 0; i < optimal.length; i++) {
      if (optimal[i]) {
        front.add(own.get(i));
      }
    }
    front.sort(Comparator.comparingDouble(p -> -cost(p.value(), higherIsBetter)));
    return front;
  }

  /**
   * Lower is better: the error rate of a share; of any metric that should rise, what falls with it.
   */
  static double cost(double value, boolean higherIsBetter) {
    if (!higherIsBetter) {
      return value;
    }
    return 1 - value;
  }
}
