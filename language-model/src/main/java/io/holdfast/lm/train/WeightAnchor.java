package io.holdfast.lm.train;

import io.holdfast.contracts.stage.Method.Anchor;
import io.holdfast.lm.checkpoint.NamedTensor;
import io.holdfast.lm.checkpoint.Safetensors;
import io.holdfast.lm.program.AnchorPull;
import io.holdfast.lm.program.LlamaProgram;
import io.holdfast.lm.program.TensorSet;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What pulls a learner's weights back to the stage's origin. Its part of the gradient is clipped
 * with the loss's; the reported loss is the data's alone.
 */
final class WeightAnchor implements AutoCloseable {

  private static final String FISHER = "fisher.";

  private final double strength;
  private final AnchorPull pull;
  private final TensorSet origin;

  /** Null for L2-to-init. */
  private final TensorSet fisher;

  /** Sequences that the Fisher diagonal has seen; null when it needs no more. */
  private Long fisherSequences;

  /**
   * An anchor at a stage's origin, its Fisher diagonal not yet known.
   *
   * @throws StageFailure when the parent's checkpoint cannot be used
   */
  WeightAnchor(StageRun run, AnchorPull pull, TensorSet weights) {
    Anchor anchor = run.spec().methodOrPlain().anchor();
    this.strength = anchor.strength();
    this.pull = pull;
    this.origin = TensorSet.zeros(weights.layout());
    try {
      this.fisher = anchor.fisher() == null ? null : TensorSet.zeros(weights.layout());
      this.fisherSequences = fisher == null ? null : 0L;
      StageOrigin.load(run, origin);
    } catch (RuntimeException e) {
      origin.close();
      throw e;
    }
  }

  /**
   * Measures what the stage's first step needs, as far as an earlier attempt did not.
   *
   * @param pause whether to break off; what is measured by then stays
   * @return whether all of it is measured
   */
  boolean measure(
      StageRun run,
      LlamaProgram llama,
      TensorSet weights,
      TensorSet gradients,
      BooleanSupplier pause) {
    if (fisherSequences != null) {
      fisherSequences =
          FisherDiagonal.measure(run, llama, weights, gradients, fisher, fisherSequences, pause);
    }
    return fisherSequences == null;
  }

  /**
   * Takes the Fisher diagonal of an earlier attempt.
   *
   * @param sequences how many it has seen; null when all
   */
  void restore(Safetensors optimizer, Long sequences) {
    if (fisher != null) {
      fisher.load(optimizer, FISHER);
      fisherSequences = sequences;
    }
  }

  /** Sequences that the Fisher diagonal has seen; null when it needs no more. */
  Long fisherSequences() {
    return fisherSequences;
  }

  void addTo(TensorSet gradients, TensorSet weights) {
    if (fisher == null) {
      pull.add(strength, weights, origin, gradients);
    } else {
      pull.add(strength, weights, origin, fisher, gradients);
    }
  }

  /** What a resumed stage could only have again at the cost of measuring. */
  List<NamedTensor> state() {
    return fisher == null ? List.of() : fisher.named(FISHER);
  }

  @Override
  public void close() {
    if (fisher != null) {
      fisher.close();
    }
    origin.close();
  }
}
