package io.holdfast.frontier.law;

/**
 * A parameter of a law with its 95 % interval.
 *
 * @param name as the paper writes it
 * @param value best estimate
 * @param low lower end
 * @param high upper end
 * @param determined whether the data tell it at all: the interval spans less than a factor of 100,
 *     at the center of the data for A, and ends inside the search's bounds
 */
public record ParameterEstimate(
    String name, double value, double low, double high, boolean determined) {}
