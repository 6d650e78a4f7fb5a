package io.holdfast.lm.train;

import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.NamedTensor;
import io.holdfast.lm.checkpoint.Safetensors;
import io.holdfast.lm.checkpoint.TensorSource;
import io.holdfast.lm.durable.UnusableArtifactException;
import io.holdfast.lm.program.TensorSet;
import java.util.ArrayList;
import java.util.List;

/** AdamW's moments in a file, under the names that PyTorch's AdamW gives them. */
final class CarriedMoments {

  private static final String FIRST = "exp_avg.";
  private static final String SECOND = "exp_avg_sq.";

  private CarriedMoments() {}

  static List<NamedTensor> named(TensorSet first, TensorSet second) {
    List<NamedTensor> named = new ArrayList<>(first.named(FIRST));
    named.addAll(second.named(SECOND));
    return named;
  }

  static void load(TensorSource optimizer, TensorSet first, TensorSet second) {
    first.load(optimizer, FIRST);
    second.load(optimizer, SECOND);
  }

  /**
   * Loads what a parent kept.
   *
   * @return optimizer steps that made the moments
   * @throws StageFailure when the parent kept none, or cannot be used
   */
  static long loadParents(StageRun run, TensorSet first, TensorSet second) {
    return StageFailure.typed(
        FailureCode.PARENT_UNUSABLE,
        () -> {
          if (StageOrigin.parent(run) instanceof CheckpointDirectory parent
              && parent.keepsOptimizer()) {
            try (Safetensors file = parent.optimizer()) {
              load(file, first, second);
            }
            return StageSummary.of(parent).optimizerSteps();
          }
          throw keptNone(run);
        });
  }

  private static UnusableArtifactException keptNone(StageRun run) {
    return new UnusableArtifactException(
        Problem.at(
            run.parentCheckpoint(),
            "parent-without-moments",
            null,
            "The parent kept no optimizer state to go on with.",
            "Let the parent stage keep its optimizer state, or start this one afresh."));
  }
}
