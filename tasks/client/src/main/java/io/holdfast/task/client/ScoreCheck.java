package io.holdfast.task.client;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.ScoreRequest;
import io.holdfast.contracts.task.ScoreResponse;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.contracts.task.TaskMetric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether scores answer what was asked: each id once, with exactly the service's metrics. */
final class ScoreCheck {

  private final Set<String> metrics;
  private final ScoreRequest asked;
  private final List<Problem> problems = new ArrayList<>();

  ScoreCheck(TaskDescription description, ScoreRequest asked) {
    this.metrics =
        description.metrics().stream()
            .filter(metric -> metric.source() == TaskMetric.Source.SERVICE)
            .map(TaskMetric::name)
            .collect(Collectors.toSet());
    this.asked = asked;
  }

  /** The scores in the order of the request. */
  Outcome<List<ScoreResponse.Score>> outcome(ScoreResponse answer) {
    Map<String, ScoreResponse.Score> byId = new HashMap<>();
    for (ScoreResponse.Score score : answer.scores()) {
      require(byId.put(score.id(), score) == null, "task-duplicate", score.id(), "is scored twice");
      require(
          score.metrics().keySet().equals(metrics),
          "task-wrong-metrics",
          score.id(),
          "has the metrics %s, and the description %s"
              .formatted(score.metrics().keySet(), metrics));
    }
    List<ScoreResponse.Score> ordered = new ArrayList<>();
    for (ScoreRequest.Response each : asked.requests()) {
      ScoreResponse.Score score = byId.remove(each.id());
      require(score != null, "task-score-missing", each.id(), "was sent and is not scored");
      ordered.add(score);
    }
    byId.keySet().forEach(id -> require(false, "task-score-unasked", id, "was not sent"));
    return problems.isEmpty() ? Outcome.success(ordered) : new Outcome.Violation<>(problems);
  }

  private void require(boolean holds, String code, String id, String what) {
    if (!holds && problems.size() < 20) {
      problems.add(
          AnswerProblems.in(
              "score",
              code,
              id,
              "A response with this id " + what + ".",
              "Score each response once, with every metric whose source is service."));
    }
  }
}
