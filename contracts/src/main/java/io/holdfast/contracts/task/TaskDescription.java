package io.holdfast.contracts.task;

import io.holdfast.contracts.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * What a task service says of itself at {@code GET task}.
 *
 * @param protocol {@value #PROTOCOL}
 * @param name of the task; with the version its {@link TaskName}
 * @param version any change of data or metrics is another
 * @param description what the task is, a sentence or two
 * @param licence of the data, as an SPDX expression or in words
 * @param training splits to train on, possibly none
 * @param evaluation splits to evaluate with, possibly none
 * @param metrics what evaluation gives; some when there is something to evaluate with
 * @param fewShotFrom the training split that examples in prompts are drawn from; null: there is
 *     none
 */
public record TaskDescription(
    String protocol,
    String name,
    String version,
    String description,
    String licence,
    List<TrainingSplit> training,
    List<EvaluationSplit> evaluation,
    List<TaskMetric> metrics,
    String fewShotFrom) {

  public static final String PROTOCOL = "holdfast-task/1";

  public TaskDescription {
    training = training == null ? List.of() : List.copyOf(training);
    evaluation = evaluation == null ? List.of() : List.copyOf(evaluation);
    metrics = metrics == null ? List.of() : List.copyOf(metrics);
    new Expectations()
        .that(
            PROTOCOL.equals(protocol),
            "protocol",
            "task-unknown-protocol",
            protocol,
            "This is not a protocol that is spoken here.",
            "Give " + PROTOCOL + ".")
        .that(
            TaskName.isName(name),
            "name",
            "task-bad-name",
            name,
            "This is not a name.",
            TaskName.NAME_RULE)
        .that(
            TaskName.isVersion(version),
            "version",
            "task-bad-version",
            version,
            "This is not a version.",
            TaskName.VERSION_RULE)
        .notBlank(description, "description")
        .notBlank(licence, "licence")
        .that(
            !training.isEmpty() || !evaluation.isEmpty(),
            "training",
            "task-empty",
            null,
            "The task has nothing to train on and nothing to evaluate with.",
            "Describe at least one split.")
        .that(
            evaluation.isEmpty() || !metrics.isEmpty(),
            "metrics",
            "task-missing",
            null,
            "There are requests, but no metric says what they are for.",
            "Name at least one metric.")
        .unique(training, TrainingSplit::name, "training")
        .unique(evaluation, EvaluationSplit::name, "evaluation")
        .unique(metrics, TaskMetric::name, "metrics")
        .that(
            fewShotFrom == null || find(training, fewShotFrom).isPresent(),
            "few_shot_from",
            "task-unknown-split",
            fewShotFrom,
            "There is no training split of this name.",
            "Name a training split, or leave it out.")
        .orThrow();
  }

  /** {@code name@version}. */
  public TaskName taskName() {
    return new TaskName(name, version);
  }

  public Optional<TrainingSplit> trainingSplit(String split) {
    return find(training, split);
  }

  public Optional<EvaluationSplit> evaluationSplit(String split) {
    return find(evaluation, split);
  }

  /** Whether some metric needs {@code POST score}. */
  public boolean scoresItself() {
    return metrics.stream().anyMatch(metric -> metric.source() == TaskMetric.Source.SERVICE);
  }

  /**
   * SHA-256 of everything that version 1 describes: a version whose hash changes is another task
   * under an old name. Spacing, order of fields and unknown fields do not count.
   */
  public String sha256() {
    return Json.sha256(this);
  }

  private static <T extends TaskSplit> Optional<T> find(List<T> splits, String name) {
    return splits.stream().filter(split -> split.name().equals(name)).findFirst();
  }
}
