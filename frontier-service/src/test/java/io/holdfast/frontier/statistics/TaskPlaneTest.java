package io.holdfast.frontier.statistics;

import static io.holdfast.frontier.statistics.Points.point;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.task.TaskName;
import io.holdfast.frontier.statistics.TaskPlane.TaskPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskPlaneTest {

  private static final TaskEvaluation CAPITALS =
      new TaskEvaluation(TaskName.of("capitals@1"), "test", 0, 1, null);

  private static TaskPoint at(String recipe, String id, Double retained, double value) {
    return new TaskPoint(point(recipe, 1, id, null, retained, null, null), value, 0.01);
  }

  private static List<String> front(boolean higherIsBetter, TaskPoint... points) {
    return TaskPlane.of(CAPITALS, "m", higherIsBetter, List.of("a", "b"), List.of(points))
        .fronts()
        .get("a")
        .stream()
        .map(point -> point.point().stageId())
        .toList();
  }

  @Test
  void bothDirectionsHaveTheirFront() {
    TaskPoint[] points = {
      at("a", "kept", 2.0, 0.2),
      at("a", "learned", 3.0, 0.9),
      at("a", "between", 2.5, 0.5),
      at("a", "worse", 2.6, 0.4),
      at("b", "other", 1.0, 1.0),
      at("a", "unknown", null, 1.0)
    };

    assertThat(front(true, points)).containsExactly("kept", "between", "learned");
    // Of a loss, the lowest value is at the lowest L_ret: it beats all others.
    assertThat(front(false, points)).containsExactly("kept");
    TaskPlane plane = TaskPlane.of(CAPITALS, "m", true, List.of("a", "b"), List.of(points));
    assertThat(plane.points()).hasSize(5);
    assertThat(plane.fronts().get("b")).hasSize(1);
  }

  @Test
  void valuesOutsideOneToZeroHaveTheSameOrder() {
    assertThat(front(true, at("a", "low", 2.0, -3), at("a", "high", 2.5, 12)))
        .containsExactly("low", "high");
    assertThat(front(true, at("a", "low", 2.5, -3), at("a", "high", 2.0, 12)))
        .containsExactly("high");
  }
}
