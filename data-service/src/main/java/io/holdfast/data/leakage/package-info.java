/**
 * Finds held-out documents that training text holds too, whole or nearly: pure functions of texts,
 * with memory that does not grow with the training text.
 */
package io.holdfast.data.leakage;
