package io.holdfast.eval.task;

/**
 * What one request adds to a metric, which is the sum of all {@code sum} over the sum of all {@code
 * weight}: a mean over requests where every weight is 1, a mean over tokens, words or bytes
 * otherwise.
 *
 * @param group requests of one group are drawn together; never null
 */
record Term(String group, double sum, double weight) {}
