package io.holdfast.eval.evaluation;

import io.holdfast.contracts.json.Json;
import io.holdfast.eval.task.Sample;
import io.holdfast.kit.artifact.ArtifactStore;
import io.holdfast.lm.durable.DurableDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What models answered, in the artifact store: {@code evaluations/<piece>/samples.jsonl}, one line
 * for each request. A model answers once, also when the task's service is away when it should
 * judge, or the worker dies.
 */
@ApplicationScoped
class SampleFile {

  private static final String NAME = "samples.jsonl";

  private final ArtifactStore artifacts;

  @Inject
  SampleFile(ArtifactStore artifacts) {
    this.artifacts = artifacts;
  }

  void write(String pieceId, List<Sample> samples) {
    DurableDirectory.publish(
        directory(pieceId),
        directory ->
            Files.write(
                directory.resolve(NAME),
                (Iterable<String>) samples.stream().map(Json::write)::iterator));
  }

  /** Empty until a model has answered. */
  Optional<List<Sample>> read(String pieceId) {
    return DurableDirectory.find(directory(pieceId)).map(found -> lines(pieceId));
  }

  private List<Sample> lines(String pieceId) {
    try (Stream<String> lines = Files.lines(directory(pieceId).resolve(NAME))) {
      return lines.map(line -> Json.read(line, Sample.class)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the answers of " + pieceId, e);
    }
  }

  private Path directory(String pieceId) {
    return artifacts.resolve("evaluations/" + pieceId);
  }
}
