package io.holdfast.contracts.study;

import io.holdfast.contracts.task.TaskName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads which task a claim is about, which must be one that the study's models are scored on.
 *
 * @param evaluated as {@code evaluation.tasks} lists them
 */
record ClaimedTasks(List<StudyTask> evaluated) {

  private static final Range FEW_SHOT = Range.whole(0, 1_000);

  ClaimedTasks {
    evaluated = List.copyOf(evaluated);
  }

  /** The task that the section's keys name; where a metric is named too, with that one. */
  Optional<StudyTask> read(Section s) {
    Optional<TaskName> name = s.task("task");
    Optional<String> split = s.text("split");
    OptionalLong fewShot = s.whole("few_shot", FEW_SHOT);
    Optional<String> metric = s.has("metric") ? s.text("metric") : Optional.empty();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    List<StudyTask> meant =
        evaluated.stream()
            .filter(task -> task.evaluation().task().equals(name.get()))
            .filter(task -> split.isEmpty() || split.get().equals(task.evaluation().split()))
            .filter(task -> fewShot.isEmpty() || fewShot.getAsLong() == task.evaluation().fewShot())
            .toList();
    if (meant.size() != 1) {
      report(s, meant);
      return Optional.empty();
    }
    StudyTask task = meant.getFirst();
    return Optional.of(new StudyTask(task.evaluation(), metric.orElse(task.metric())));
  }

  private static void report(Section s, List<StudyTask> meant) {
    if (meant.isEmpty()) {
      s.problem(
          "task",
          "not-evaluated",
          "No model of the study is scored on this.",
          "List it in evaluation.tasks, or name a task, split and few_shot that are there.");
    } else {
      s.problem(
          "task",
          "ambiguous",
          "The study is scored on it in several ways: %s."
              .formatted(
                  String.join("; ", meant.stream().map(t -> t.evaluation().label()).toList())),
          "Say which, by split or few_shot.");
    }
  }

  /** Reports keys that say something about a task that is not there. */
  static void refuseWithoutTask(Section s, List<String> keys) {
    keys.stream()
        .filter(s::has)
        .forEach(
            key ->
                s.problem(
                    key,
                    "conflict",
                    "It belongs to a task.",
                    "Give task: name@version, or remove it."));
  }
}
