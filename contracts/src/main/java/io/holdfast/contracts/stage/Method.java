package io.holdfast.contracts.stage;

import io.holdfast.contracts.model.Architecture;
import java.util.List;
import java.util.Optional;

/**
 * What a stage does beyond AdamW on all of the model's weights. The parts are independent of each
 * other; null or false leaves one out.
 *
 * @param lora low-rank adapters are trained and the model's weights are not
 * @param anchor pulls the weights back to those that the stage began with
 * @param sharpnessRadius ρ of sharpness-aware minimisation (Foret et al., arXiv 2010.01412, §2):
 *     every step follows the gradient at θ + ρ g/‖g‖
 * @param withinDocuments attention does not cross the boundary between two documents that share a
 *     sequence
 * @param optimizerState what the stage does with AdamW's moments; null starts afresh and keeps none
 */
public record Method(
    Lora lora,
    Anchor anchor,
    Double sharpnessRadius,
    boolean withinDocuments,
    OptimizerState optimizerState) {

  /** AdamW on all weights, and nothing else. */
  public static final Method PLAIN = new Method(null, null, null, false, null);

  public Method {
    if (sharpnessRadius != null && !(sharpnessRadius > 0)) {
      throw new IllegalArgumentException("sharpness radius must be positive: " + sharpnessRadius);
    }
    if (lora != null && anchor != null) {
      throw new IllegalArgumentException(
          "an anchor holds the model's weights, which adapters do not train");
    }
    if (lora != null && optimizerState != null) {
      throw new IllegalArgumentException(
          "adapters end with their stage, so their moments cannot be kept for another");
    }
  }

  /** What is measured before the first step; empty unless the anchor is EWC's. */
  public Optional<Fisher> fisher() {
    return Optional.ofNullable(anchor).map(Anchor::fisher);
  }

  /**
   * Low-rank adapters: a target's weight W acts as W + (α/r)·B·A, with A [r, inputs] random, B
   * [outputs, r] zero at first, and W fixed (Hu et al., arXiv 2106.09685, §4).
   *
   * @param rank r
   * @param alpha α
   * @param dropout probability of dropping an element of the adapter's input
   * @param targets the adapted matrices of every block, and the output projection
   */
  public record Lora(int rank, double alpha, double dropout, List<Target> targets) {

    public Lora {
      // The order in which a user names them must not tell two equal stages apart.
      targets = targets.stream().distinct().sorted().toList();
      if (rank <= 0) {
        throw new IllegalArgumentException("rank must be positive: " + rank);
      }
      if (!(alpha > 0)) {
        throw new IllegalArgumentException("alpha must be positive: " + alpha);
      }
      if (!(dropout >= 0 && dropout < 1)) {
        throw new IllegalArgumentException("dropout must lie in [0, 1): " + dropout);
      }
      if (targets.isEmpty()) {
        throw new IllegalArgumentException("adapters need at least one target");
      }
    }

    /**
     * The model that merging makes of another. An output projection that was the embedding matrix
     * becomes one of its own when an adapter is added to it.
     */
    public Architecture merged(Architecture model) {
      return targets.contains(Target.LM_HEAD) ? model.untied() : model;
    }

    /** What the adapter's product is multiplied by, α/r. */
    public double scale() {
      return alpha / rank;
    }
  }

  /** A matrix that an adapter can be put beside, by its name in Hugging Face's Llama. */
  public enum Target {
    Q_PROJ,
    K_PROJ,
    V_PROJ,
    O_PROJ,
    GATE_PROJ,
    UP_PROJ,
    DOWN_PROJ,
    LM_HEAD
  }

  /**
   * The penalty (λ/2)·Σ F·(θ − θ₀)² on every weight, where θ₀ are the weights that the stage began
   * with.
   *
   * @param strength λ
   * @param fisher where F, the diagonal of the Fisher information, is measured: elastic weight
   *     consolidation (Kirkpatrick et al., arXiv 1612.00796, eq. 3); null for F = 1, L2-to-init
   */
  public record Anchor(double strength, Fisher fisher) {
    public Anchor {
      if (!(strength > 0)) {
        throw new IllegalArgumentException("strength must be positive: " + strength);
      }
    }
  }

  /**
   * The empirical Fisher diagonal at the weights that the stage began with: the mean over sequences
   * of the squared gradient of a sequence's mean loss.
   *
   * @param corpus id of the corpus whose dev split it is measured on
   * @param maxTokens largest part of the split that is read
   */
  public record Fisher(String corpus, long maxTokens) {
    public Fisher {
      if (maxTokens <= 0) {
        throw new IllegalArgumentException("max_tokens must be positive: " + maxTokens);
      }
    }
  }

  /** AdamW's moments between stages. */
  public enum OptimizerState {
    /** The stage starts afresh and its final checkpoint keeps its moments, for a child's sake. */
    KEEP,
    /** The stage goes on with the moments that its parent kept, and keeps its own. */
    CARRY
  }
}
