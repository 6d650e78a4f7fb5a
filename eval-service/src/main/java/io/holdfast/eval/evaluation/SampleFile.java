package io.holdfast.eval.evaluation;

import io.holdfast.artifact.SharedArtifacts;
import io.holdfast.artifact.SharedArtifacts.Hold;
import io.holdfast.contracts.json.Json;
import io.holdfast.eval.task.Sample;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

  private final SharedArtifacts artifacts;

  @Inject
  SampleFile(SharedArtifacts artifacts) {
    this.artifacts = artifacts;
  }

  void write(String pieceId, List<Sample> samples) {
    artifacts.provide(
        directory(pieceId),
        directory ->
            Files.write(
                directory.resolve(NAME),
                (Iterable<String>) samples.stream().map(Json::write)::iterator));
  }

  /** Empty until a model has answered. */
  Optional<List<Sample>> read(String pieceId) {
    return artifacts.has(directory(pieceId)) ? Optional.of(lines(pieceId)) : Optional.empty();
  }

  private List<Sample> lines(String pieceId) {
    String file = directory(pieceId) + "/" + NAME;
    try (Hold here = artifacts.hold(List.of(file));
        Stream<String> lines = Files.lines(artifacts.resolve(file))) {
      return lines.map(line -> Json.read(line, Sample.class)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the answers of " + pieceId, e);
    }
  }

  private static String directory(String pieceId) {
    return "evaluations/" + pieceId;
  }
}
