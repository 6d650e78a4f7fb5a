package io.holdfast.frontier.statistics;

/**
 * A loss on held-out data.
 *
 * @param nats mean next-token cross-entropy, nats per token
 * @param standardError of that mean over the scored windows: the uncertainty from the held-out
 *     sample, not from the training seed
 * @param tokens scored tokens
 * @param windows scored windows, the n of the standard error
 */
public record Measured(double nats, double standardError, long tokens, long windows) {}
