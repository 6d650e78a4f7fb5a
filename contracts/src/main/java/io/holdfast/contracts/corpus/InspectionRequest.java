package io.holdfast.contracts.corpus;

import java.util.Map;

/** Asks data-service to register a study's corpora and tokenizer and to say what is in them. */
public record InspectionRequest(
    TokenizerDefinition tokenizer, Map<String, CorpusDefinition> corpora) {

  public InspectionRequest {
    corpora = Map.copyOf(corpora);
  }
}
