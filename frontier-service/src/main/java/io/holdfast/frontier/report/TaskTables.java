package io.holdfast.frontier.report;

import io.holdfast.frontier.report.document.Table;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.snapshot.TaskPlanes;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.TaskPlane;
import io.holdfast.frontier.statistics.TaskPlane.TaskPoint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the fine-tuned models do on tasks, beside what they kept. */
final class TaskTables {

  private TaskTables() {}

  /** One table for each task that has been scored. */
  static List<Table> of(StudySnapshot study) {
    return TaskPlanes.of(study).stream().map(TaskTables::table).toList();
  }

  private static Table table(TaskPlane plane) {
    Table table =
        new Table(
                "%s: %s, %s is better, against L_ret"
                    .formatted(
                        plane.task().label(),
                        plane.metric(),
                        plane.higherIsBetter() ? "higher" : "lower"))
            .text("recipe")
            .number("seed")
            .text("settings")
            .number(plane.metric(), "L_ret")
            .text("frontier");
    Set<TaskPoint> optimal = new HashSet<>();
    plane.fronts().values().forEach(optimal::addAll);
    for (TaskPoint at : plane.points()) {
      table.row(
          at.point().recipe(),
          String.valueOf(at.point().seed()),
          at.point().label(),
          Numbers.loss(at.value())
              + (at.standardError() == null ? "" : " ± " + Numbers.loss(at.standardError())),
          Numbers.loss(at.point().nats(Metric.RETAINED)),
          optimal.contains(at) ? "yes" : "");
    }
    return table;
  }
}
