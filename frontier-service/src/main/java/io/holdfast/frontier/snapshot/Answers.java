package io.holdfast.frontier.snapshot;

import io.holdfast.frontier.lifecycle.StageState;
import io.holdfast.frontier.lifecycle.WantedScore;
import io.holdfast.frontier.lifecycle.WantedSet;
import io.holdfast.frontier.lifecycle.WantedTask;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which scores answer what a study wanted of its stages, for many questions about one study. */
public final class Answers {

  private final Map<String, List<Evaluation>> evaluations;
  private final Map<String, List<TaskScore>> tasks;

  Answers(StudySnapshot study) {
    evaluations = study.evaluations().stream().collect(Collectors.groupingBy(Evaluation::stageId));
    tasks = study.taskScores().stream().collect(Collectors.groupingBy(TaskScore::stageId));
  }

  /** The result that answers a wanted evaluation of a trained stage. */
  public Optional<Evaluation> to(StageSnapshot stage, WantedSet wanted) {
    if (!(stage.state() instanceof StageState.Trained trained)) {
      return Optional.empty();
    }
    return evaluations.getOrDefault(stage.id(), List.of()).stream()
        .filter(e -> trained.has(e.point(), e.sha256()))
        .filter(e -> wanted.answeredBy(e.scored()))
        .max(Comparator.comparingLong(Evaluation::readTokens));
  }

  /** The result that answers a wanted task of a trained stage. */
  public Optional<TaskScore> to(StageSnapshot stage, WantedTask wanted) {
    if (!(stage.state() instanceof StageState.Trained trained)) {
      return Optional.empty();
    }
    return tasks.getOrDefault(stage.id(), List.of()).stream()
        .filter(s -> trained.has(s.point(), s.sha256()))
        .filter(s -> wanted.answeredBy(s.scored()))
        .findFirst();
  }

  /** Whether a wanted score of a trained stage is there. */
  public boolean has(StageSnapshot stage, WantedScore wanted) {
    return switch (wanted) {
      case WantedSet set -> to(stage, set).isPresent();
      case WantedTask task -> to(stage, task).isPresent();
    };
  }
}
