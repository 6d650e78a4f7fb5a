package io.holdfast.contracts.evaluation;

/**
 * Mean next-token cross-entropy on a held-out split.
 *
 * @param corpus corpus id
 * @param lossNatsPerToken mean over scored tokens, nats
 * @param standardError of that mean, nats; windows are the independent units, so a single one does
 *     not show it, and it is 0: see {@link #knownError}
 * @param tokens scored tokens
 * @param windows scored windows, the n of the standard error
 * @param bytes UTF-8 bytes of the scored text
 * @param perplexity exp(loss)
 * @param bitsPerByte loss · tokens / (ln 2 · bytes)
 * @param readTokens the first tokens of the split that were read, scored or not; where completions
 *     alone are scored, more than {@code tokens}. Null in results of old.
 */
public record LossResult(
    String corpus,
    double lossNatsPerToken,
    double standardError,
    long tokens,
    long windows,
    long bytes,
    double perplexity,
    double bitsPerByte,
    Long readTokens) {

  /** The standard error, or null where a single window leaves it unknown. */
  public Double knownError() {
    return windows < 2 ? null : (Double) standardError;
  }

  /** Tokens that were read; of an old result, those that are known to have been. */
  public long knownRead() {
    return readTokens == null ? tokens : readTokens;
  }
}
