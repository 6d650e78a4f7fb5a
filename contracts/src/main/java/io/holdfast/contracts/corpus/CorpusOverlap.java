package io.holdfast.contracts.corpus;

/**
 * How much of a corpus's test split some training text holds too.
 *
 * @param heldOut name of the corpus whose test split was looked for
 * @param trained name of the corpus in whose training split it was looked for
 * @param documents held-out documents that were looked for
 * @param duplicates those whose text a training document has
 * @param nearDuplicates others, most of whose 13-grams of words training documents have
 * @param example where one of them stands; null when there is none
 */
public record CorpusOverlap(
    String heldOut,
    String trained,
    long documents,
    long duplicates,
    long nearDuplicates,
    String example)
    implements HeldOutOverlap {}
