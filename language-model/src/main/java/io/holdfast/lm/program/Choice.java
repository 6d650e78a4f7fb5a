package io.holdfast.lm.program;

/**
 * How a token is chosen from logits.
 *
 * @param temperature that logits are divided by; 0 takes the most likely token
 * @param topK how many of the most likely tokens may be drawn; 0 for all
 * @param topP probability that those which may be drawn reach; 1 for all
 */
public record Choice(double temperature, int topK, double topP) {

  /** The most likely token. */
  public static final Choice GREEDY = new Choice(0, 0, 1);

  double[] values() {
    return new double[] {temperature, topK, topP};
  }
}
