package io.holdfast.lm.evaluate;

/**
 * How likely a model finds a text.
 *
 * @param logLikelihoodNats natural logarithm of the text's probability: the sum over its tokens
 * @param greedy whether each of its tokens is the most likely one at its place, as greedy decoding
 *     would choose it; of equally likely ones the one with the lowest id
 * @param tokens scored tokens
 * @param bytes UTF-8 bytes of the text
 */
public record TextScore(double logLikelihoodNats, boolean greedy, int tokens, int bytes) {}
