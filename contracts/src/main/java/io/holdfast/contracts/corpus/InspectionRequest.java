package io.holdfast.contracts.corpus;

import java.util.List;
import java.util.Map;

/**
 * Asks data-service to register what a study brings and to say what is in it.
 *
 * @param tokenizer how to come by the tokenizer; null takes the base's own
 * @param corpora by the study's name
 * @param base directory of a Hugging Face Llama to start from, or null
 * @param overlaps held-out text to look for in training text
 * @param unions held-out text to look for in the training text of several corpora together, each of
 *     which is among the overlaps too
 */
public record InspectionRequest(
    TokenizerDefinition tokenizer,
    Map<String, CorpusDefinition> corpora,
    String base,
    List<OverlapRequest> overlaps,
    List<UnionOverlapRequest> unions) {

  public InspectionRequest {
    corpora = Map.copyOf(corpora);
    overlaps = overlaps == null ? List.of() : List.copyOf(overlaps);
    unions = unions == null ? List.of() : List.copyOf(unions);
  }

  /** A request that looks for no held-out text. */
  public InspectionRequest(
      TokenizerDefinition tokenizer, Map<String, CorpusDefinition> corpora, String base) {
    this(tokenizer, corpora, base, List.of(), List.of());
  }

  /** A request without a base. */
  public InspectionRequest(TokenizerDefinition tokenizer, Map<String, CorpusDefinition> corpora) {
    this(tokenizer, corpora, null);
  }
}
