package io.holdfast.task.check;

import io.holdfast.contracts.task.EvaluationRequest;
import io.holdfast.contracts.task.ScoreRequest;
import io.holdfast.contracts.task.ScoreResponse;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.task.client.TaskClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a score depends on split, id and text alone. */
final class ScoringCheck {

  private final TaskClient client;
  private final URI base;
  private final TaskDescription description;
  private final Findings findings;

  ScoringCheck(TaskClient client, URI base, TaskDescription description, Findings findings) {
    this.client = client;
    this.base = base;
    this.description = description;
    this.findings = findings;
  }

  void check(SplitContent content) throws InterruptedException {
    List<ScoreRequest.Response> responses = responses(content.sample());
    if (responses.isEmpty()) {
      return;
    }
    String split = content.split().name();
    Optional<Map<String, Map<String, Double>>> once = scores(split, responses);
    if (once.isEmpty()) {
      return;
    }
    same(split, once.get(), scores(split, responses), "asked again");
    same(split, once.get(), scores(split, responses.reversed()), "in another order");
    Map<String, Map<String, Double>> alone = new HashMap<>();
    for (ScoreRequest.Response each : responses) {
      scores(split, List.of(each)).ifPresent(alone::putAll);
    }
    same(split, once.get(), Optional.of(alone), "each in a batch of its own");
  }

  /** A right answer, a wrong one and an empty one, in turn. */
  private static List<ScoreRequest.Response> responses(List<EvaluationRequest> sample) {
    List<ScoreRequest.Response> responses = new ArrayList<>();
    for (EvaluationRequest each : sample) {
      if (each instanceof EvaluationRequest.GenerateUntil generation) {
        String text =
            switch (responses.size() % 3) {
              case 0 ->
                  generation.references().isEmpty() ? "answer" : generation.references().getFirst();
              case 1 -> "";
              default -> "Something else: \"quotes\", ümlauts,\nline feeds \uD83D\uDE00";
            };
        responses.add(new ScoreRequest.Response(each.id(), text));
      }
    }
    return responses;
  }

  private Optional<Map<String, Map<String, Double>>> scores(
      String split, List<ScoreRequest.Response> responses) throws InterruptedException {
    return findings
        .value("score", client.score(base, description, new ScoreRequest(split, responses)))
        .map(
            scores -> {
              Map<String, Map<String, Double>> byId = new HashMap<>();
              for (ScoreResponse.Score score : scores) {
                byId.put(score.id(), score.metrics());
              }
              return byId;
            });
  }

  private void same(
      String split,
      Map<String, Map<String, Double>> expected,
      Optional<Map<String, Map<String, Double>>> found,
      String how) {
    if (found.isEmpty()) {
      return;
    }
    expected.forEach(
        (id, metrics) -> {
          Map<String, Double> other = found.get().get(id);
          if (other != null && !other.equals(metrics)) {
            findings.add(
                "score",
                "task-score-changes",
                split + "/" + id,
                "The same response has the scores %s, and %s %s.".formatted(metrics, how, other),
                "Make a score depend on split, id and text alone.");
          }
        });
  }
}
