package io.holdfast.contracts.study;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.study.StageReader.Declared;
import io.holdfast.contracts.study.source.Place;
import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.Tree.Mapping;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads {@code evaluation:} and finds one yardstick per stage for the whole study. */
final class EvaluationReader {

  /** Windows of the model's context: enough for a standard error near 0.02 nats on prose. */
  private static final long TEST_WINDOWS = 512;

  private final Declared declared;
  private final Map<StageKind, Set<Map<String, Double>>> trained;
  private final Problems problems;

  EvaluationReader(
      Declared declared, Map<StageKind, Set<Map<String, Double>>> trained, Problems problems) {
    this.declared = declared;
    this.trained = trained;
    this.problems = problems;
  }

  /** Reads the section, which may be empty. */
  EvaluationSettings read(Mapping evaluation) {
    Section section = Section.of(evaluation, Vocabulary.EVALUATION, problems).orElseThrow();
    long tokens =
        section
            .whole("tokens", CorporaReader.TOKENS)
            .orElse(TEST_WINDOWS * Math.max(1, declared.context()));
    return new EvaluationSettings(
        tokens,
        yardstick(section, StageKind.PRETRAIN),
        yardstick(section, StageKind.POST_TRAIN),
        yardstick(section, StageKind.FINE_TUNE),
        ProbesReader.interpolations(section),
        ProbesReader.noise(section),
        TasksReader.tasks(section));
  }

  private Map<String, Double> yardstick(Section section, StageKind kind) {
    String key = StageReader.vocabulary(kind).section();
    if (section.has(key)) {
      return section.tree(key) instanceof Mapping
          ? StageReader.normalized(section.weights(key, declared.names(), "corpus"))
          : section
              .name(key, declared.names(), "corpus")
              .map(corpus -> Map.of(corpus, 1.0))
              .orElse(Map.of());
    }
    Set<Map<CorpusDefinition, Double>> different = new HashSet<>();
    trained.get(kind).forEach(mixture -> different.add(definitions(mixture)));
    if (different.size() > 1) {
      Place place = section.place(key);
      problems.add(
          "ambiguous-yardstick",
          place,
          null,
          "The recipes differ in their %s data, so their losses on it are not comparable."
              .formatted(key),
          "Say what all are measured on, such as evaluation: {%s: %s}."
              .formatted(key, trained.get(kind).iterator().next().keySet().iterator().next()));
    }
    return trained.get(kind).stream().findFirst().orElse(Map.of());
  }

  /** Two cuts of one corpus share its held-out split, so they are measured alike. */
  private Map<CorpusDefinition, Double> definitions(Map<String, Double> mixture) {
    Map<CorpusDefinition, Double> definitions = new HashMap<>();
    mixture.forEach(
        (name, weight) -> {
          StudyCorpus corpus = declared.corpora().get(name);
          if (corpus != null) {
            definitions.merge(corpus.definition(), weight, Double::sum);
          }
        });
    return definitions;
  }
}
