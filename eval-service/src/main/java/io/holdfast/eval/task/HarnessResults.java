package io.holdfast.eval.task;

import io.holdfast.contracts.evaluation.MetricValue;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.evaluation.TaskResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A result in the layout of lm-evaluation-harness's {@code results_*.json}, so that what reads
 * those reads these: {@code results}, {@code configs}, {@code versions}, {@code n-shot}, {@code
 * higher_is_better}, {@code n-samples}, {@code config}, {@code task_hashes}. Metrics are named
 * {@code acc,none} and {@code acc_stderr,none}; {@code none} says that no filter changed the
 * answers.
 */
public final class HarnessResults {

  private static final String NO_FILTER = ",none";

  private HarnessResults() {}

  /**
   * One task's results of one model.
   *
   * @param weights SHA-256 of the weights, or of what a probe makes them of
   * @param checkpoint artifact path of the checkpoint
   */
  public static Map<String, Object> of(TaskResult result, String weights, String checkpoint) {
    TaskEvaluation asked = result.evaluation();
    String task = asked.task().name();
    Map<String, Object> layout = new LinkedHashMap<>();
    layout.put("results", Map.of(task, metrics(task, result.metrics())));
    layout.put("group_subtasks", Map.of(task, List.of()));
    layout.put("configs", Map.of(task, config(asked, result.metrics())));
    layout.put("versions", Map.of(task, asked.task().version()));
    layout.put("n-shot", Map.of(task, asked.fewShot()));
    layout.put("higher_is_better", Map.of(task, directions(result.metrics())));
    layout.put(
        "n-samples",
        Map.of(task, Map.of("original", result.available(), "effective", result.requests())));
    layout.put("config", model(result, weights, checkpoint));
    layout.put("task_hashes", Map.of(task, result.requestsSha256()));
    return layout;
  }

  private static Map<String, Object> metrics(String task, List<MetricValue> metrics) {
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("alias", task);
    for (MetricValue metric : metrics) {
      results.put(metric.name() + NO_FILTER, metric.value());
      Double error = metric.standardError();
      results.put(metric.name() + "_stderr" + NO_FILTER, error == null ? "N/A" : error);
    }
    return results;
  }

  private static Map<String, Object> config(TaskEvaluation asked, List<MetricValue> metrics) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("task", asked.task().name());
    config.put("test_split", asked.split());
    config.put("num_fewshot", asked.fewShot());
    config.put("fewshot_delimiter", FewShot.SEPARATOR);
    config.put(
        "metric_list",
        metrics.stream()
            .map(
                metric ->
                    Map.of("metric", metric.name(), "higher_is_better", metric.higherIsBetter()))
            .toList());
    config.put("metadata", Map.of("version", asked.task().version()));
    return config;
  }

  private static Map<String, Boolean> directions(List<MetricValue> metrics) {
    Map<String, Boolean> directions = new TreeMap<>();
    metrics.forEach(metric -> directions.put(metric.name(), metric.higherIsBetter()));
    return directions;
  }

  private static Map<String, Object> model(TaskResult result, String weights, String checkpoint) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("model", "holdfast");
    config.put("model_args", "pretrained=" + checkpoint);
    config.put("model_sha", weights);
    config.put("tokenizer_sha", result.tokenizerSha256());
    config.put("model_dtype", result.precision());
    config.put("batch_size", "auto");
    if (result.evaluation().limit() != null) {
      config.put("limit", result.evaluation().limit());
    }
    config.put("fewshot_seed", result.evaluation().seed());
    return config;
  }
}
