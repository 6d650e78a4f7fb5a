package io.holdfast.lm.train;

import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.checkpoint.ModelDirectory;
import io.holdfast.lm.checkpoint.TensorSource;
import io.holdfast.lm.durable.UnusableArtifactException;
import io.holdfast.lm.program.TensorSet;
import java.nio.file.Path;

/**
 * The weights that a stage begins with: its parent's, or random ones. They can be had again at any
 * time, so that no checkpoint needs to hold them.
 */
final class StageOrigin {

  private StageOrigin() {}

  /**
   * Loads them.
   *
   * @throws StageFailure when the parent's checkpoint cannot be used
   */
  static void load(StageRun run, TensorSet weights) {
    if (run.parentCheckpoint() == null) {
      InitialWeights.fill(weights, run.spec().architecture(), run.spec().seed());
      return;
    }
    StageFailure.typed(
        FailureCode.PARENT_UNUSABLE,
        () -> {
          try (TensorSource file = parent(run).weights()) {
            weights.load(file, "");
          }
          return weights;
        });
  }

  /** The parent's model, when it is intact and computes as the stage's does. */
  static ModelDirectory parent(StageRun run) {
    Path path = run.artifacts().resolve(run.parentCheckpoint());
    ModelDirectory parent = ModelDirectory.open(path);
    if (!parent.architecture().computesLike(run.spec().architecture())) {
      throw new UnusableArtifactException(
          Problem.at(
              path.toString(),
              "parent-architecture",
              parent.architecture(),
              "The parent's architecture is not the stage's.",
              "Give all stages of a lineage the same model."));
    }
    return parent;
  }
}
