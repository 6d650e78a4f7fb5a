package io.holdfast.trainer.checkpoint;

import io.holdfast.contracts.event.CheckpointPublished.Parent;
import io.holdfast.contracts.event.StageCompleted.Marked;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.kit.artifact.ArtifactStore;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.ModelDirectory;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.UnusableArtifactException;
import io.holdfast.trainer.stage.Checkpoints;
import io.holdfast.trainer.stage.InStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/**
 * What the artifact store has of a stage. Reads what lies beside the weights, never the weights.
 */
@ApplicationScoped
public class StoredCheckpoints {

  private final ArtifactStore artifacts;

  @Inject
  StoredCheckpoints(ArtifactStore artifacts) {
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
    boolean last =
        DurableDirectory.find(artifacts.resolve(Checkpoints.last(spec.id()))).isPresent();
    return new InStore(last, spec.beginsRandom() ? null : parent(origin(spec)));
  }

  private Parent parent(String path) {
    try {
      return new Parent(path, CheckpointDirectory.open(artifacts.resolve(path)).sha256());
    } catch (UnusableArtifactException gone) {
      // Whoever needs it says so of the evaluation that it is needed for.
      return null;
    }
  }

  /**
   * The weights at a mark.
   *
   * @throws UnusableArtifactException when they are not there, or damaged
   */
  public Marked marked(String stageId, long mark) {
    String path = Checkpoints.mark(stageId, mark);
    CheckpointDirectory checkpoint = CheckpointDirectory.open(artifacts.resolve(path));
    return new Marked(
        mark,
        path,
        checkpoint.sha256(),
        checkpoint.summary().required("steps").longValue(),
        checkpoint.summary().required("tokens").longValue());
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
