package io.holdfast.cli.client;

import io.holdfast.contracts.task.EvaluationSplit;
import io.holdfast.contracts.task.TaskMetric;
import io.holdfast.contracts.task.TrainingSplit;
import java.time.Instant;
import java.util.List;

/**
 * A task as frontier-service shows it. See its OpenAPI description for the meaning of each field.
 */
public record TaskView(
    String task,
    String url,
    String state,
    Instant awaySince,
    String reason,
    Instant lastHeard,
    String description,
    String licence,
    List<TrainingSplit> training,
    List<EvaluationSplit> evaluation,
    List<TaskMetric> metrics) {

  public TaskView {
    training = List.copyOf(training);
    evaluation = List.copyOf(evaluation);
    metrics = List.copyOf(metrics);
  }

  public boolean available() {
    return state.equals("AVAILABLE");
  }
}
