package io.holdfast.frontier.study;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.study.StudyFile;

/** Turns a study into its tree of stages. A pure function: no clock, no storage. */
public final class StudyExpansion {

  private StudyExpansion() {}

  /**
   * Expands a study.
   *
   * @param study what the author wants
   * @param inspection what data-service found in the corpora and the tokenizer
   */
  public static ExpandedStudy expand(StudyFile study, Inspection inspection) {
    throw new UnsupportedOperationException("being written");
  }
}
