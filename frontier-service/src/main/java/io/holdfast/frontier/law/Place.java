package io.holdfast.frontier.law;

/**
 * A model as a law's formula takes it.
 *
 * @param size ln N from the center of the data
 * @param tokens ln D_ft from there
 * @param injected p
 * @param before L0
 */
record Place(double size, double tokens, double injected, double before) {}
