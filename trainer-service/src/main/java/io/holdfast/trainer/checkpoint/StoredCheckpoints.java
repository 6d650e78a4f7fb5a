package io.holdfast.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.artifact.SharedArtifacts;
import io.holdfast.artifact.SharedArtifacts.Hold;
import io.holdfast.contracts.event.CheckpointPublished.Parent;
import io.holdfast.contracts.event.StageCompleted.Marked;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.ModelDirectory;
import io.holdfast.lm.durable.UnusableArtifactException;
import io.holdfast.trainer.stage.Checkpoints;
import io.holdfast.trainer.stage.InStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What the artifact store has of a stage. Reads what lies beside the weights, never the weights.
 */
@ApplicationScoped
public class StoredCheckpoints {

  private final SharedArtifacts artifacts;

  @Inject
  StoredCheckpoints(SharedArtifacts artifacts) {
    this.artifacts = artifacts;
  }

  /** Artifact path of the model that a stage starts from; null for random weights. */
  public static String origin(StageSpec spec) {
    if (spec.parent() != null) {
      return Checkpoints.last(spec.parent());
    }
    return spec.base() == null ? null : ModelDirectory.artifact(spec.base());
  }

  /** What there is of a stage and of what it starts from. */
  public InStore of(StageSpec spec) {
    boolean last = artifacts.has(Checkpoints.last(spec.id()));
    return new InStore(last, spec.beginsRandom() ? null : parent(origin(spec)));
  }

  /** Null where it is gone: whoever needs it says so of the evaluation that it is needed for. */
  private Parent parent(String path) {
    return weights(path).map(sha256 -> new Parent(path, sha256)).orElse(null);
  }

  private Optional<String> weights(String path) {
    return artifacts.listing(path).flatMap(CheckpointDirectory::sha256);
  }

  /**
   * The weights at a mark.
   *
   * @throws UnusableArtifactException when they are not there, or damaged
   */
  public Marked marked(String stageId, long mark) {
    String path = Checkpoints.mark(stageId, mark);
    JsonNode summary = summary(path + "/" + CheckpointDirectory.SUMMARY);
    return new Marked(
        mark,
        path,
        weights(path).orElseThrow(() -> unusable(path, "There are no such weights.", null)),
        summary.required("steps").longValue(),
        summary.required("tokens").longValue());
  }

  private JsonNode summary(String path) {
    try (Hold here = artifacts.hold(List.of(path))) {
      return Json.mapper().readTree(artifacts.resolve(path).toFile());
    } catch (IOException e) {
      throw unusable(path, "The checkpoint's summary cannot be read.", e);
    }
  }

  private static UnusableArtifactException unusable(String path, String message, Exception cause) {
    return new UnusableArtifactException(
        Problem.at(
            path,
            "checkpoint-unusable",
            null,
            message,
            "Remove the stage's checkpoints and request the stage again."),
        cause);
  }

  /**
   * The weights at every mark that a stage passed on its way.
   *
   * @param tokens trained tokens at its end
   * @throws UnusableArtifactException when some are not there, or damaged
   */
  public List<Marked> marked(StageSpec spec, long tokens) {
    String stageId = spec.id();
    return spec.marks().stream()
        .filter(mark -> mark <= tokens)
        .map(mark -> marked(stageId, mark))
        .toList();
  }
}
