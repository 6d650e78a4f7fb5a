package io.holdfast.frontier.study;

/**
 * Tokens of a corpus or stage.
 *
 * @param tokens how many
 * @param exact whether they were counted, not estimated from bytes; a cut corpus counts as exact,
 *     though its last document may exceed the cut
 */
record TokenCount(long tokens, boolean exact) {}
