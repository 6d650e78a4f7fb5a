package io.holdfast.theory;

/**
 * What post-training left, and what of it fine-tuning left.
 *
 * @param immediate L_im: loss on post-training data after post-training, above its minimum
 * @param retained L_ret: the same after fine-tuning
 */
public record Outcome(double immediate, double retained) {

  /** Δ = L_ret − L_im. */
  public double forgetting() {
    return retained - immediate;
  }
}
