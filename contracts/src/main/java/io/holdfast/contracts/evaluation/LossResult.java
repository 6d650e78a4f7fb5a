package io.holdfast.contracts.evaluation;

/**
 * Mean next-token cross-entropy on a held-out split.
 *
 * @param corpus corpus id
 * @param lossNatsPerToken mean over scored tokens, nats
 * @param standardError of that mean, nats; windows are the independent units
 * @param tokens scored tokens
 * @param windows scored windows, the n of the standard error
 * @param bytes UTF-8 bytes of the scored text
 * @param perplexity exp(loss)
 * @param bitsPerByte loss · tokens / (ln 2 · bytes)
 */
public record LossResult(
    String corpus,
    double lossNatsPerToken,
    double standardError,
    long tokens,
    long windows,
    long bytes,
    double perplexity,
    double bitsPerByte) {}
