package io.holdfast.frontier.lifecycle;

/**
 * A checkpoint has been scored.
 *
 * @param sha256 of the weights
 * @param corpus corpus id
 * @param tokens scored tokens of its test split
 */
public record Scored(String sha256, String corpus, long tokens) {}
