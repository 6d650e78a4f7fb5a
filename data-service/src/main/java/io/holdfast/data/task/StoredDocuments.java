package io.holdfast.data.task;

import io.holdfast.contracts.task.TaskName;
import io.holdfast.contracts.task.TrainingSplit;
import io.holdfast.data.corpus.TaskDocuments;
import io.holdfast.kit.artifact.ArtifactStore;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.task.registry.KnownTask;
import io.holdfast.task.registry.TaskRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The documents in the artifact store, by their hash: equal splits of two versions lie once. */
@Singleton
public class StoredDocuments implements TaskDocuments {

  private static final String FILE = "documents.jsonl";

  private final TaskRegistry tasks;
  private final ArtifactStore artifacts;

  @Inject
  StoredDocuments(TaskRegistry tasks, ArtifactStore artifacts) {
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
    return DurableDirectory.find(directory(split))
        .map(found -> new Lines(found.path().resolve(FILE), split.sha256()));
  }

  boolean has(TrainingSplit split) {
    return find(split).isPresent();
  }

  /** Where a split is collected until it is whole; survives its process. */
  Path incoming(TrainingSplit split) {
    return artifacts.resolve("documents/incoming/" + split.sha256() + ".jsonl");
  }

  /** Makes a collected split, whose hash was checked, visible. */
  void publish(TrainingSplit split, Path collected) {
    DurableDirectory.publish(directory(split), staging -> move(collected, staging.resolve(FILE)));
  }

  private Path directory(TrainingSplit split) {
    return artifacts.resolve("documents/" + split.sha256());
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }
}
