package io.holdfast.eval.evaluation;

import io.holdfast.artifact.SharedArtifacts;
import io.holdfast.artifact.SharedArtifacts.Hold;
import io.holdfast.contracts.evaluation.MetricValue;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.evaluation.TaskResult;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.EvaluationRequest;
import io.holdfast.contracts.task.ScoreRequest;
import io.holdfast.contracts.task.ScoreResponse.Score;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.eval.persistence.TaskStore;
import io.holdfast.eval.persistence.TaskStore.OpenPiece;
import io.holdfast.eval.task.Sample;
import io.holdfast.eval.task.TaskData;
import io.holdfast.eval.task.TaskScoring;
import io.holdfast.lm.durable.FileDigest;
import io.holdfast.task.client.Outcome;
import io.holdfast.task.client.TaskClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes a result of a model's answers, with the task's service where that judges. */
@ApplicationScoped
class TaskJudging {

  private final TaskStore tasks;
  private final TaskLibrary library;
  private final SampleFile answers;
  private final SharedArtifacts artifacts;
  private final TaskClient client;

  @Inject
  TaskJudging(
      TaskStore tasks,
      TaskLibrary library,
      SampleFile answers,
      SharedArtifacts artifacts,
      TaskClient client) {
    this.tasks = tasks;
    this.library = library;
    this.answers = answers;
    this.artifacts = artifacts;
    this.client = client;
  }

  /** Has the service judge a piece's answers; gives what to store. */
  Outcome<Runnable> judge(URI url, TaskDescription description, OpenPiece piece)
      throws InterruptedException {
    List<Sample> samples = answers.read(piece.id()).orElseThrow();
    List<ScoreRequest.Response> texts =
        samples.stream()
            .filter(sample -> sample.text() != null)
            .map(sample -> new ScoreRequest.Response(sample.id(), sample.text()))
            .toList();
    Map<String, Map<String, Double>> judged = new HashMap<>();
    for (int from = 0; from < texts.size(); from += ScoreRequest.MAX_RESPONSES) {
      int to = Math.min(texts.size(), from + ScoreRequest.MAX_RESPONSES);
      String split = piece.asked().evaluation().split();
      switch (client.score(url, description, new ScoreRequest(split, texts.subList(from, to)))) {
        case Outcome.Success<List<Score>>(List<Score> scores) ->
            scores.forEach(score -> judged.put(score.id(), score.metrics()));
        case Outcome.Unreachable<List<Score>>(String reason) -> {
          return Outcome.unreachable(reason);
        }
        case Outcome.Violation<List<Score>>(List<Problem> problems) -> {
          return new Outcome.Violation<>(problems);
        }
      }
    }
    return store(description, piece, samples, judged);
  }

  /** Scores a piece without its service; gives what to store. */
  Outcome<Runnable> score(TaskDescription description, OpenPiece piece, List<Sample> samples) {
    return store(description, piece, samples, Map.of());
  }

  private Outcome<Runnable> store(
      TaskDescription description,
      OpenPiece piece,
      List<Sample> samples,
      Map<String, Map<String, Double>> judged) {
    TaskEvaluation evaluation = piece.asked().evaluation();
    TaskData data = library.data(description, evaluation);
    List<EvaluationRequest> requests;
    try (Hold here = artifacts.hold(library.paths(description, evaluation))) {
      requests = data.requests(evaluation);
    }
    List<MetricValue> metrics =
        new TaskScoring(requests, samples).metrics(description.metrics(), judged);
    if (metrics.isEmpty()) {
      return Outcome.violation(
          Problem.at(
              "metrics",
              "nothing-scored",
              evaluation.split(),
              "None of the task's metrics scores any request of the split.",
              "Let the task name a metric of the kind of its requests."));
    }
    TaskResult result =
        new TaskResult(
            evaluation,
            data.split().sha256(),
            tokenizer(piece),
            TaskPiece.PRECISION,
            requests.size(),
            data.split().requests(),
            metrics);
    return Outcome.success(() -> tasks.scored(piece.id(), result));
  }

  private String tokenizer(OpenPiece piece) {
    String path = piece.asked().request().checkpoint().tokenizer();
    Path file = artifacts.resolve(path);
    try (Hold here = artifacts.hold(List.of(path))) {
      return FileDigest.of(file).sha256();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
