package io.holdfast.contracts.stage;

/**
 * How much a stage trains on its base corpora: a number of tokens, or passes over them. Exactly one
 * is given. A token budget larger than the corpora repeats them.
 *
 * @param tokens predicted tokens
 * @param epochs passes over the base corpora, may be fractional
 */
public record Budget(Long tokens, Double epochs) {

  public Budget {
    if ((tokens == null) == (epochs == null)) {
      throw new IllegalArgumentException("a budget is either tokens or epochs");
    }
    if (tokens != null && tokens < 0 || epochs != null && !(epochs >= 0)) {
      throw new IllegalArgumentException("a budget is not negative");
    }
  }

  public static Budget ofTokens(long tokens) {
    return new Budget(tokens, null);
  }

  public static Budget ofEpochs(double epochs) {
    return new Budget(null, epochs);
  }
}
