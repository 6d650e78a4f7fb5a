package io.holdfast.frontier.snapshot;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.MetricValue;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.study.ParsedStudy;
import io.holdfast.contracts.study.StudyParser;
import io.holdfast.contracts.study.StudyTask;
import io.holdfast.frontier.lifecycle.StageState;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.TaskPlane;
import io.holdfast.frontier.statistics.TaskPlane.TaskPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** One plane for each task of a study that has been scored: of the metric that the author chose. */
public final class TaskPlanes {

  private record Key(String stageId, EvaluationPoint point, TaskEvaluation task) {}

  private final StudySnapshot study;
  private final Map<Key, TaskScore> scores = new HashMap<>();

  private TaskPlanes(StudySnapshot study) {
    this.study = study;
    Map<String, StageSnapshot> stages = new HashMap<>();
    study.stages().forEach(stage -> stages.put(stage.id(), stage));
    for (TaskScore score : study.taskScores()) {
      if (stages.get(score.stageId()).state() instanceof StageState.Trained trained
          && trained.has(score.point(), score.sha256())) {
        scores.put(new Key(score.stageId(), score.point(), score.result().evaluation()), score);
      }
    }
  }

  /** In the order of the study file; a task without any score yet has no plane. */
  public static List<TaskPlane> of(StudySnapshot study) {
    if (study.taskScores().isEmpty()
        || !(StudyParser.parse(study.source()) instanceof ParsedStudy.Valid valid)) {
      return List.of();
    }
    return List.copyOf(of(study, valid.study().evaluation().tasks()).values());
  }

  /** The planes of some tasks and metrics, in their order; those without any score are left out. */
  static SequencedMap<StudyTask, TaskPlane> of(StudySnapshot study, List<StudyTask> tasks) {
    TaskPlanes planes = new TaskPlanes(study);
    List<LineagePoint> points = study.points();
    SequencedMap<StudyTask, TaskPlane> found = new LinkedHashMap<>();
    for (StudyTask task : tasks) {
      planes.plane(task, points).ifPresent(plane -> found.put(task, plane));
    }
    return found;
  }

  private Optional<TaskPlane> plane(StudyTask task, List<LineagePoint> points) {
    List<TaskPoint> scored = new ArrayList<>();
    MetricValue shown = null;
    for (LineagePoint point : points) {
      Optional<MetricValue> found = metric(task, point);
      if (found.isPresent()) {
        shown = found.get();
        scored.add(new TaskPoint(point, shown.value(), shown.standardError()));
      }
    }
    return shown == null
        ? Optional.empty()
        : Optional.of(
            TaskPlane.of(
                task.evaluation(), shown.name(), shown.higherIsBetter(), study.recipes(), scored));
  }

  private Optional<MetricValue> metric(StudyTask task, LineagePoint point) {
    TaskScore score = scores.get(new Key(point.stageId(), point.point(), task.evaluation()));
    return score == null
        ? Optional.empty()
        : score.result().metrics().stream()
            .filter(metric -> task.metric() == null || metric.name().equals(task.metric()))
            .findFirst();
  }
}
