package io.holdfast.contracts.evaluation;

import java.util.List;

/**
 * Some weights' metrics on a task.
 *
 * @param evaluation what was asked
 * @param requestsSha256 of the split's requests, as the task's description gives it
 * @param tokenizerSha256 of the {@code tokenizer.json} that the prompts went through
 * @param precision number format of the model's matrix products
 * @param requests how many were scored
 * @param available how many the split has
 * @param metrics in the order of the task's description
 */
public record TaskResult(
    TaskEvaluation evaluation,
    String requestsSha256,
    String tokenizerSha256,
    String precision,
    long requests,
    long available,
    List<MetricValue> metrics) {

  public TaskResult {
    metrics = List.copyOf(metrics);
  }
}
