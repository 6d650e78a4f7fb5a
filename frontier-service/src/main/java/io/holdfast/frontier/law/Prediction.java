package io.holdfast.frontier.law;

/**
 * What a law says about a model, with the 95 % interval of the law's mean there: a single run
 * scatters around it as the runs that the law was fitted to do.
 *
 * @param at the model; its measured loss, if any, was not used
 * @param loss nats per token
 * @param low lower end
 * @param high upper end
 */
public record Prediction(LawPoint at, double loss, double low, double high) {}
