package io.holdfast.contracts.corpus;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.problem.Problem;
import java.util.List;
import java.util.Map;

/**
 * What data-service found: ids, exact counts, and every problem of what the study brings.
 *
 * @param tokenizer tokenizer id, or null when it or a corpus it needs has a problem
 * @param vocabSize the tokenizer's number of symbols, or null likewise
 * @param corpora by the study's name; corpora with problems are absent
 * @param base the model to start from; null when the study brings none, or it has a problem
 * @param overlaps what was asked about, for corpora without problems
 * @param unions likewise, for several corpora together; empty in answers of old
 * @param problems empty when everything is usable
 */
public record Inspection(
    String tokenizer,
    Integer vocabSize,
    Map<String, InspectedCorpus> corpora,
    InspectedModel base,
    List<CorpusOverlap> overlaps,
    List<UnionOverlap> unions,
    List<Problem> problems) {

  public Inspection {
    corpora = Map.copyOf(corpora);
    overlaps = overlaps == null ? List.of() : List.copyOf(overlaps);
    unions = unions == null ? List.of() : List.copyOf(unions);
    problems = List.copyOf(problems);
  }

  /** What was found without looking for held-out text. */
  public Inspection(
      String tokenizer,
      Integer vocabSize,
      Map<String, InspectedCorpus> corpora,
      InspectedModel base,
      List<Problem> problems) {
    this(tokenizer, vocabSize, corpora, base, List.of(), List.of(), problems);
  }

  /** What was found without a base. */
  public Inspection(
      String tokenizer,
      Integer vocabSize,
      Map<String, InspectedCorpus> corpora,
      List<Problem> problems) {
    this(tokenizer, vocabSize, corpora, null, problems);
  }

  /**
   * A model in the artifact store.
   *
   * @param id hash of its content; the same model has the same id wherever it lies
   * @param architecture as its configuration says, the longest sequence included
   */
  public record InspectedModel(String id, Architecture architecture) {}

  /**
   * A registered corpus.
   *
   * @param id hash of content and split; equal content gives an equal id wherever it lies
   * @param documents documents in all splits
   * @param bytes UTF-8 bytes of the text in all splits
   */
  public record InspectedCorpus(
      String id, long documents, long bytes, SplitSize train, SplitSize dev, SplitSize test) {}

  /**
   * Size of one split.
   *
   * @param tokens end-of-text tokens included; null when the corpus was too large to tokenize
   *     during the inspection
   * @param scored those of them that have a loss, where completions alone are learned; null where
   *     all have one, where they were not counted, and in answers of old
   */
  public record SplitSize(long documents, long bytes, Long tokens, Long scored) {}
}
