package io.holdfast.contracts.evaluation;

/**
 * A corpus's test split as a study wants it evaluated.
 *
 * @param corpus corpus id
 * @param maxTokens the first tokens of the split that are scored; at most the whole split
 */
public record HeldOutSet(String corpus, long maxTokens) {
  public HeldOutSet {
    if (maxTokens <= 0) {
      throw new IllegalArgumentException("max_tokens must be positive: " + maxTokens);
    }
  }
}
