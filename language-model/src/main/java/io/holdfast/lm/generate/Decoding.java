package io.holdfast.lm.generate;

/** How the next token is chosen from the model's distribution. */
public sealed interface Decoding {

  /** The most likely token; of equally likely ones the one with the lowest id. */
  record Greedy() implements Decoding {}

  /**
   * A random token, with temperature first, then top-k, then top-p, as Hugging Face applies them.
   *
   * @param temperature that logits are divided by; positive
   * @param topK how many of the most likely tokens may be drawn; 0 for all
   * @param topP smallest probability of those that may be drawn: the most likely ones that reach
   *     it; 1 for all
   * @param seed of this prompt alone: the same seed draws the same numbers, whatever else is
   *     generated with it
   */
  record Sampled(double temperature, int topK, double topP, long seed) implements Decoding {

    public Sampled {
      if (!(temperature > 0) || Double.isInfinite(temperature)) {
        throw new IllegalArgumentException("a temperature is positive: " + temperature);
      }
      if (topK < 0) {
        throw new IllegalArgumentException("top-k is not negative: " + topK);
      }
      if (!(topP > 0) || topP > 1) {
        throw new IllegalArgumentException("top-p is in (0, 1]: " + topP);
      }
    }
  }
}
