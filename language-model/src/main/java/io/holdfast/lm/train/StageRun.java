package io.holdfast.lm.train;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.mixture.MixturePlan;
import io.holdfast.contracts.stage.Method.Anchor;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.lm.ArtifactPaths;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * One stage to train, with everything that the spec leaves to the runtime. Nothing here but {@code
 * spec} and {@code plan} (which follows from it) influences the weights.
 *
 * @param spec what to train
 * @param plan the exact data order
 * @param artifacts where artifact paths lie on this machine
 * @param parentCheckpoint artifact path of the parent's final checkpoint, or of the base model;
 *     null to start from random weights
 * @param tokenizer artifact path of the {@code tokenizer.json}; copied into the final checkpoint
 * @param dev dev split for early stopping; required when the spec stops early, else ignored
 * @param fisher split on which an anchor's Fisher diagonal is measured; required when the spec's
 *     anchor has one, else ignored
 * @param checkpointDirectory holds {@code step-<9 digits>/} and {@code final/}; created if absent
 * @param checkpointInterval time between resumable checkpoints
 * @param keepCheckpoints resumable checkpoints kept, at least one
 */
public record StageRun(
    StageSpec spec,
    MixturePlan plan,
    ArtifactPaths artifacts,
    String parentCheckpoint,
    String tokenizer,
    HeldOutShard dev,
    HeldOutShard fisher,
    Path checkpointDirectory,
    Duration checkpointInterval,
    int keepCheckpoints) {

  public StageRun {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(artifacts, "artifacts");
    Objects.requireNonNull(tokenizer, "tokenizer");
    Objects.requireNonNull(checkpointDirectory, "checkpointDirectory");
    Objects.requireNonNull(checkpointInterval, "checkpointInterval");
    if (keepCheckpoints < 1) {
      throw new IllegalArgumentException(
          "keep at least one checkpoint, not %d".formatted(keepCheckpoints));
    }
    if (plan.sequenceLength() != spec.mixture().sequenceLength()) {
      throw new IllegalArgumentException(
          "the plan's sequences have %d tokens, the spec's %d"
              .formatted(plan.sequenceLength(), spec.mixture().sequenceLength()));
    }
    if (spec.beginsRandom() != (parentCheckpoint == null)) {
      throw new IllegalArgumentException(
          "spec and run disagree on where to start: parent %s or base %s, and %s"
              .formatted(spec.parent(), spec.base(), parentCheckpoint));
    }
    if (spec.earlyStopping() != null && dev == null) {
      throw new IllegalArgumentException("early stopping needs a dev split");
    }
    Anchor anchor = spec.methodOrPlain().anchor();
    if (anchor != null && anchor.fisher() != null && fisher == null) {
      throw new IllegalArgumentException("the anchor's Fisher diagonal needs a split");
    }
  }
}
