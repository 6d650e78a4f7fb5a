package io.holdfast.frontier.law;

/**
 * How well a law that was fitted to the smaller models predicts the largest ones.
 *
 * @param largest parameters of the models left out
 * @param fittedTo number of runs of smaller models
 * @param predicted number of runs of the largest
 * @param meanRelativeError mean of |predicted − measured| / measured over those
 * @param low lower end of its 95 % bootstrap interval
 * @param high upper end
 */
public record Extrapolation(
    double largest,
    int fittedTo,
    int predicted,
    double meanRelativeError,
    double low,
    double high) {}
