package io.holdfast.frontier.statistics;

/**
 * A loss on held-out data.
 *
 * @param nats mean next-token cross-entropy, nats per token
 * @param standardError of that mean over the scored windows: the uncertainty from the held-out
 *     sample, not from the training seed; null where a single window leaves it unknown
 * @param tokens scored tokens
 * @param windows scored windows, the n of the standard error
 */
public record Measured(double nats, Double standardError, long tokens, long windows) {}
