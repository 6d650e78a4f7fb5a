package io.holdfast.data.task;

import io.holdfast.artifact.SharedArtifacts;
import io.holdfast.artifact.SharedArtifacts.Hold;
import io.holdfast.contracts.task.TaskName;
import io.holdfast.contracts.task.TrainingSplit;
import io.holdfast.data.corpus.TaskDocuments;
import io.holdfast.task.registry.KnownTask;
import io.holdfast.task.registry.TaskRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The documents in the artifact store, by their hash: equal splits of two versions lie once. */
@Singleton
public class StoredDocuments implements TaskDocuments {

  private static final String FILE = "documents.jsonl";

  private final TaskRegistry tasks;
  private final SharedArtifacts artifacts;

  /** Never closed: documents are small and are read in many places. */
  private final Map<String, Hold> held = new ConcurrentHashMap<>();

  @Inject
  StoredDocuments(TaskRegistry tasks, SharedArtifacts artifacts) {
    this.tasks = tasks;
    this.artifacts = artifacts;
  }

  @Override
  public Optional<Lines> find(TaskName task, String split) {
    return tasks
        .find(task)
        .map(KnownTask::description)
        .flatMap(description -> description.trainingSplit(split))
        .flatMap(this::find);
  }

  private Optional<Lines> find(TrainingSplit split) {
    if (!has(split)) {
      return Optional.empty();
    }
    held.computeIfAbsent(directory(split), directory -> artifacts.hold(List.of(directory)));
    return Optional.of(new Lines(artifacts.resolve(directory(split) + "/" + FILE), split.sha256()));
  }

  boolean has(TrainingSplit split) {
    return artifacts.has(directory(split));
  }

  /** Where a split is collected until it is whole; survives its process. */
  Path incoming(TrainingSplit split) {
    return artifacts.resolve("documents/incoming/" + split.sha256() + ".jsonl");
  }

  /** Makes a collected split, whose hash was checked, visible. */
  void publish(TrainingSplit split, Path collected) {
    artifacts.provide(directory(split), staging -> move(collected, staging.resolve(FILE)));
  }

  private static String directory(TrainingSplit split) {
    return "documents/" + split.sha256();
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }
}
