package io.holdfast.eval.evaluation;

import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.EvaluationSplit;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.contracts.task.TaskSplit;
import io.holdfast.contracts.task.TrainingSplit;
import io.holdfast.eval.task.TaskData;
import io.holdfast.kit.artifact.ArtifactStore;
import io.holdfast.task.client.Outcome;
import io.holdfast.task.client.TaskClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Task data in the artifact store, by content: a split is fetched once, whichever task, version or
 * pod asks, and read from there while its service is away.
 */
@ApplicationScoped
class TaskLibrary {

  private final ArtifactStore artifacts;
  private final TaskClient client;

  @Inject
  TaskLibrary(ArtifactStore artifacts, TaskClient client) {
    this.artifacts = artifacts;
    this.client = client;
  }

  /**
   * Brings what an evaluation needs into the store.
   *
   * @throws IOException when the store refuses
   */
  Outcome<TaskData> fetch(URI url, TaskDescription description, TaskEvaluation evaluation)
      throws IOException, InterruptedException {
    List<Problem> problems = problems(description, evaluation);
    if (!problems.isEmpty()) {
      return new Outcome.Violation<>(problems);
    }
    TaskData data = data(description, evaluation);
    Outcome<Path> requests = client.download(url, data.split(), data.requests());
    if (!(requests instanceof Outcome.Success) || data.examples() == null) {
      return requests.then(file -> Outcome.success(data));
    }
    return client
        .download(url, examples(description).orElseThrow(), data.examples())
        .then(file -> Outcome.success(data));
  }

  /** What {@link #fetch} brought. */
  TaskData data(TaskDescription description, TaskEvaluation evaluation) {
    EvaluationSplit split = description.evaluationSplit(evaluation.split()).orElseThrow();
    Path examples = evaluation.fewShot() == 0 ? null : file(examples(description).orElseThrow());
    return new TaskData(description, split, file(split), examples);
  }

  private Path file(TaskSplit split) {
    return artifacts.resolve("tasks/" + split.sha256() + ".ndjson");
  }

  private static Optional<TrainingSplit> examples(TaskDescription description) {
    return Optional.ofNullable(description.fewShotFrom()).flatMap(description::trainingSplit);
  }

  private static List<Problem> problems(TaskDescription description, TaskEvaluation evaluation) {
    List<Problem> problems = new ArrayList<>();
    if (description.evaluationSplit(evaluation.split()).isEmpty()) {
      Stream<String> names = description.evaluation().stream().map(EvaluationSplit::name);
      problems.add(
          Problem.at(
              "evaluation.tasks",
              "unknown-split",
              evaluation.split(),
              "%s has no evaluation split of this name.".formatted(evaluation.task()),
              "Name one of: %s.".formatted(String.join(", ", names.toList()))));
    }
    if (evaluation.fewShot() > 0 && examples(description).isEmpty()) {
      problems.add(
          Problem.at(
              "evaluation.tasks",
              "no-examples",
              evaluation.fewShot(),
              "%s names no training split for examples.".formatted(evaluation.task()),
              "Leave few_shot out."));
    }
    return problems;
  }
}
