package io.holdfast.contracts.study;

import io.holdfast.contracts.stage.Method.Lora;

/**
 * What a stage does beyond AdamW on all of the model's weights; see {@link
 * io.holdfast.contracts.stage.Method}, whose corpora are ids where these are names.
 *
 * @param lora null trains the model's own weights
 * @param anchor null for none
 * @param sharpnessRadius ρ of SAM, or null for none
 * @param withinDocuments whether attention stops at a document's end
 * @param carriesOptimizerState whether it goes on with AdamW's moments of the stage before it
 */
public record MethodSettings(
    Lora lora,
    Anchor anchor,
    Double sharpnessRadius,
    boolean withinDocuments,
    boolean carriesOptimizerState) {

  /** AdamW on all weights, and nothing else. */
  public static final MethodSettings PLAIN = new MethodSettings(null, null, null, false, false);

  /**
   * Pulls the weights back to those that the stage began with.
   *
   * @param strength λ
   * @param fisher what weighs them in EWC; null for L2-to-init, where all count alike
   */
  public record Anchor(double strength, Fisher fisher) {}

  /**
   * Where EWC measures what each weight matters for.
   *
   * @param corpus name of the corpus whose dev split is read
   * @param tokens largest part of the split that is read
   */
  public record Fisher(String corpus, long tokens) {}
}
