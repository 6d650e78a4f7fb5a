package io.holdfast.eval.evaluation;

import io.holdfast.artifact.SharedArtifacts;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.EvaluationSplit;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.contracts.task.TaskSplit;
import io.holdfast.contracts.task.TrainingSplit;
import io.holdfast.eval.task.TaskData;
import io.holdfast.lm.durable.Storage;
import io.holdfast.lm.durable.StorageException;
import io.holdfast.task.client.Outcome;
import io.holdfast.task.client.TaskClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  private static final String FILE = "split.ndjson";

  private final SharedArtifacts artifacts;
  private final TaskClient client;

  @Inject
  TaskLibrary(SharedArtifacts artifacts, TaskClient client) {
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
    Outcome<Path> requests = bring(url, data.split());
    if (!(requests instanceof Outcome.Success) || data.examples() == null) {
      return requests.then(file -> Outcome.success(data));
    }
    return bring(url, examples(description).orElseThrow()).then(file -> Outcome.success(data));
  }

  private Outcome<Path> bring(URI url, TaskSplit split) throws IOException, InterruptedException {
    Path file = artifacts.resolve(artifact(split));
    if (artifacts.has(directory(split))) {
      return Outcome.success(file);
    }
    Path incoming = incoming(split);
    Outcome<Path> collected = client.download(url, split, incoming);
    if (collected instanceof Outcome.Success) {
      publish(split, incoming);
    }
    return collected.then(there -> Outcome.success(file));
  }

  private void publish(TaskSplit split, Path collected) {
    artifacts.provide(
        directory(split),
        staging -> Files.move(collected, staging.resolve(FILE), StandardCopyOption.ATOMIC_MOVE));
    try {
      Storage.deleteRecursively(collected);
    } catch (IOException e) {
      throw new StorageException(collected, "delete", e);
    }
  }

  /** Artifact paths of what an evaluation reads of its task. */
  List<String> paths(TaskDescription description, TaskEvaluation evaluation) {
    List<String> paths = new ArrayList<>();
    paths.add(artifact(description.evaluationSplit(evaluation.split()).orElseThrow()));
    if (evaluation.fewShot() > 0) {
      paths.add(artifact(examples(description).orElseThrow()));
    }
    return paths;
  }

  /** What {@link #fetch} brought; readable while its {@link #paths} are held. */
  TaskData data(TaskDescription description, TaskEvaluation evaluation) {
    EvaluationSplit split = description.evaluationSplit(evaluation.split()).orElseThrow();
    Path examples = evaluation.fewShot() == 0 ? null : file(examples(description).orElseThrow());
    return new TaskData(description, split, file(split), examples);
  }

  private Path file(TaskSplit split) {
    // Collected and not published: by a process that died in between, or an earlier version.
    if (Files.exists(incoming(split))) {
      publish(split, incoming(split));
    }
    return artifacts.resolve(artifact(split));
  }

  private static String artifact(TaskSplit split) {
    return directory(split) + "/" + FILE;
  }

  private static String directory(TaskSplit split) {
    return "tasks/" + split.sha256();
  }

  /** Where a split is collected until it is whole; survives its process. */
  private Path incoming(TaskSplit split) {
    return artifacts.resolve(directory(split) + ".ndjson");
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
