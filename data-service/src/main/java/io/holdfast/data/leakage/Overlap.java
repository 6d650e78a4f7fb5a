package io.holdfast.data.leakage;

/**
 * How much of a held-out text training text holds.
 *
 * @param documents held-out documents that were looked for
 * @param duplicates of them, those that a training document repeats word by word
 * @param nearDuplicates of the others, those most of whose grams were found
 * @param example where one of them stands, or null when there is none
 */
public record Overlap(long documents, long duplicates, long nearDuplicates, String example) {}
