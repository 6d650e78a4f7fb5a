package io.holdfast.frontier.snapshot;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.corpus.Inspection.InspectedCorpus;

/**
 * A corpus of a study and what was found in it.
 *
 * @param name as the study calls it
 * @param definition where it comes from and how it is split
 * @param limitTokens part of the training split that the study uses; null for all of it
 * @param found id and sizes
 */
public record CorpusSnapshot(
    String name, CorpusDefinition definition, Long limitTokens, InspectedCorpus found) {

  /** Where its text comes from, in a few words. */
  public String source() {
    return definition.path() == null
        ? (definition.task() == null ? "embedded: " : "task: ") + definition.source()
        : definition.path();
  }
}
