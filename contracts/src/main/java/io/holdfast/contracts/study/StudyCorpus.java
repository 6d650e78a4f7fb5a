package io.holdfast.contracts.study;

import io.holdfast.contracts.corpus.CorpusDefinition;

/**
 * A corpus of a study.
 *
 * @param definition where it comes from and how it is split
 * @param limitTokens the study trains on the first documents of the training split that reach this
 *     number of tokens; null for the whole training split. The held-out splits are never cut.
 */
public record StudyCorpus(CorpusDefinition definition, Long limitTokens) {}
