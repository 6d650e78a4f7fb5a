package io.holdfast.frontier.statistics.uncertainty;

/**
 * A 95 % percentile interval of the bootstrap over seeds.
 *
 * @param low lower end
 * @param high upper end
 * @param randomSeed of the draws
 * @param resamples number of draws
 * @param reliable whether there were enough seeds; with fewer the interval is too narrow, and the t
 *     interval is the one to read
 */
public record BootstrapInterval(
    double low, double high, long randomSeed, int resamples, boolean reliable) {}
