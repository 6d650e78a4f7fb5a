package io.holdfast.contracts.study;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.model.Architecture;

/** The model of a study: one that begins with random weights, or somebody's. */
public sealed interface StudyModel permits ModelDefinition, BaseModel {

  /** Longest sequence of the study, in tokens. */
  int context();

  /** The model of the first stages, once data-service has looked at what the study brings. */
  Architecture architecture(Inspection inspection);
}
