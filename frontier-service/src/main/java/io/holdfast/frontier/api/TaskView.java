package io.holdfast.frontier.api;

import io.holdfast.contracts.task.EvaluationSplit;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.contracts.task.TaskMetric;
import io.holdfast.contracts.task.TrainingSplit;
import io.holdfast.frontier.task.TaskShelf.Shelved;
import java.time.Instant;
import java.util.List;

/**
 * One task in {@code GET /api/tasks}.
 *
 * @param task how studies name it: {@code name@version}
 * @param url where its service answers
 * @param state AVAILABLE or AWAY
 * @param awaySince since when it is away, or null
 * @param reason why it is away, or why a later announcement of it was not believed, or null
 * @param lastHeard when it was last announced
 * @param expiresAt when it is away unless it is announced again
 * @param description what it is about; null until its service was asked
 * @param licence of its data; null likewise
 * @param training splits to train on
 * @param evaluation splits to evaluate with
 * @param metrics what evaluation gives
 * @param fewShotFrom the training split that examples are drawn from, or null
 */
public record TaskView(
    String task,
    String name,
    String version,
    String url,
    State state,
    Instant awaySince,
    String reason,
    Instant lastHeard,
    Instant expiresAt,
    String description,
    String licence,
    List<TrainingSplit> training,
    List<EvaluationSplit> evaluation,
    List<TaskMetric> metrics,
    String fewShotFrom) {

  /** Whether a task's service answers. */
  public enum State {
    AVAILABLE,
    AWAY
  }

  static TaskView of(Shelved shelved) {
    TaskDescription said = shelved.task().description();
    return new TaskView(
        shelved.task().name().toString(),
        shelved.task().name().name(),
        shelved.task().name().version(),
        shelved.task().url().toString(),
        shelved.awaySince() == null ? State.AVAILABLE : State.AWAY,
        shelved.awaySince(),
        shelved.reason(),
        shelved.task().announcedAt(),
        shelved.task().expiresAt(),
        said == null ? null : said.description(),
        said == null ? null : said.licence(),
        said == null ? List.of() : said.training(),
        said == null ? List.of() : said.evaluation(),
        said == null ? List.of() : said.metrics(),
        said == null ? null : said.fewShotFrom());
  }
}
