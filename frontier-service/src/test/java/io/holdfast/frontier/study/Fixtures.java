package io.holdfast.frontier.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.Inspection.InspectedCorpus;
import io.holdfast.contracts.corpus.Inspection.SplitSize;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.study.StudyFile;
import io.holdfast.contracts.study.StudyParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A study of three corpora, and what data-service would say about them. */
final class Fixtures {

  static final String STUDY =
      """
      study: fixture
      model: {layers: 2, hidden: 32, heads: 2, context: 64}
      tokenizer: {vocab: 512}
      corpora:
        prose: {embedded: english-prose}
        math: {embedded: metamath, tokens: 100k}
        facts: {embedded: factbook}
      stages:
        pretrain: {corpus: prose, tokens: 800k, learning_rate: 2e-3}
        post_train: {corpus: math, epochs: 6, learning_rate: 3e-3}
        fine_tune: {corpus: facts, epochs: 0.5, learning_rate: [1e-4, 1e-3]}
      recipes:
        plain: {}
        exposed: {pretrain: {exposure: 0.5}}
        replayed: {post_train: {replay: 0.2}}
      seeds: [1, 2]
      evaluation: {tokens: 64k}
      """;

  static final String PROSE = Json.sha256("english-prose");
  static final String MATH = Json.sha256("metamath");
  static final String FACTS = Json.sha256("factbook");
  static final String TOKENIZER = Json.sha256("tokenizer");
  static final int VOCABULARY = 512;

  private Fixtures() {}

  static StudyFile study(String text) {
    return StudyParser.parse(text).orThrow();
  }

  static StudyFile study() {
    return study(STUDY);
  }

  /** A million training tokens of prose, half a million of the others; 5 % held out twice. */
  static Inspection inspection(StudyFile study) {
    Map<String, InspectedCorpus> corpora = new HashMap<>();
    study
        .corpora()
        .forEach(
            (name, corpus) -> {
              String source = corpus.definition().embedded();
              corpora.put(
                  name,
                  corpus(
                      Json.sha256(source), source.equals("english-prose") ? 1_000_000 : 500_000));
            });
    return new Inspection(TOKENIZER, VOCABULARY, corpora, List.of());
  }

  static Architecture architecture(StudyFile study) {
    return study.model().architecture(inspection(study));
  }

  static InspectedCorpus corpus(String id, long trainTokens) {
    long heldOut = trainTokens / 20;
    return new InspectedCorpus(
        id,
        1_100,
        trainTokens * 3,
        new SplitSize(1_000, trainTokens * 3, trainTokens, null),
        new SplitSize(50, heldOut * 3, heldOut, null),
        new SplitSize(50, heldOut * 3, heldOut, null));
  }

  /** The usual inspection with one corpus replaced. */
  static Inspection inspection(StudyFile study, String name, InspectedCorpus corpus) {
    Inspection usual = inspection(study);
    Map<String, InspectedCorpus> corpora = new HashMap<>(usual.corpora());
    corpora.put(name, corpus);
    return new Inspection(usual.tokenizer(), usual.vocabSize(), corpora, List.of());
  }

  static StageTree tree(String text) {
    StudyFile study = study(text);
    return StudyExpansion.expand(study, inspection(study)).orThrow();
  }

  static List<Problem> problems(StudyFile study, Inspection inspection) {
    return switch (StudyExpansion.expand(study, inspection)) {
      case ExpandedStudy.Accepted accepted -> List.of();
      case ExpandedStudy.Refused refused -> refused.problems();
    };
  }

  static Problem problem(StudyFile study, Inspection inspection) {
    List<Problem> problems = problems(study, inspection);
    assertThat(problems).hasSize(1);
    return problems.getFirst();
  }
}
