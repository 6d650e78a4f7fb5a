package io.holdfast.contracts.study;

import io.holdfast.contracts.evaluation.TaskEvaluation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads which tasks a study's models are scored on. */
final class TasksReader {

  /** Each is a piece of work for every checkpoint. */
  private static final int MOST = 100;

  private static final String DEFAULT_SPLIT = "test";
  private static final Range FEW_SHOT = Range.whole(0, 1_000);
  private static final Range SEED = Range.whole(0, Long.MAX_VALUE);
  private static final Range LIMIT = Range.whole(1, 1_000_000_000);

  private TasksReader() {}

  static List<StudyTask> tasks(Section evaluation) {
    List<Section> given =
        evaluation.sections("tasks", Vocabulary.EVALUATED_TASK, "- task: name@version", MOST);
    List<StudyTask> tasks = new ArrayList<>();
    Set<TaskEvaluation> seen = new HashSet<>();
    for (Section section : given) {
      Optional<StudyTask> task = task(section);
      if (task.isPresent() && !seen.add(task.get().evaluation())) {
        section.problem("duplicate", "The evaluation is listed twice.", "List it once.");
      } else {
        task.ifPresent(tasks::add);
      }
    }
    return tasks;
  }

  private static Optional<StudyTask> task(Section section) {
    section.require("task", "The task is not named.", "Name it as task: name@version.");
    String split = section.text("split").orElse(DEFAULT_SPLIT);
    int fewShot = (int) section.whole("few_shot", FEW_SHOT).orElse(0);
    long seed = section.whole("seed", SEED).orElse(1);
    Long limit = section.has("limit") ? boxed(section) : null;
    String metric = section.text("metric").orElse(null);
    return section
        .task("task")
        .map(
            known -> new StudyTask(new TaskEvaluation(known, split, fewShot, seed, limit), metric));
  }

  private static Long boxed(Section section) {
    var limit = section.whole("limit", LIMIT);
    return limit.isPresent() ? limit.getAsLong() : null;
  }
}
