package io.holdfast.contracts.task;

import java.util.List;
import java.util.Map;

/**
 * What a service answers to {@code POST score}: a score for each response, in any order.
 *
 * @param scores one for each id
 */
public record ScoreResponse(List<Score> scores) {

  public ScoreResponse {
    new Expectations()
        .someAndNoneNull(
            scores, "scores", "There are no scores, or one is null.", "Give one for each response.")
        .orThrow();
    scores = List.copyOf(scores);
  }

  /**
   * The service's metrics of one response.
   *
   * @param id of the request
   * @param metrics a finite number for each metric whose source is the service
   */
  public record Score(String id, Map<String, Double> metrics) {
    public Score {
      new Expectations()
          .notBlank(id, "id")
          .that(
              metrics != null && metrics.values().stream().allMatch(Score::isFinite),
              "metrics",
              "task-bad-score",
              metrics,
              "A metric is missing or is not a finite number.",
              "Give a number for each of the service's metrics.")
          .orThrow();
      metrics = Map.copyOf(metrics);
    }

    private static boolean isFinite(Double value) {
      return value != null && Double.isFinite(value);
    }
  }
}
