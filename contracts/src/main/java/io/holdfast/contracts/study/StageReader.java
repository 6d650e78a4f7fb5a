package io.holdfast.contracts.study;

import io.holdfast.contracts.stage.Budget;
import io.holdfast.contracts.stage.Optimization;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.study.StageSettings.Exposure;
import io.holdfast.contracts.study.StageSettings.Replay;
import io.holdfast.contracts.study.StageSettings.Stopping;
import io.holdfast.contracts.study.Sweeps.Combination;
import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.Tree;
import io.holdfast.contracts.study.source.Tree.Mapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads one combination of a stage. */
final class StageReader {

  private static final Range FLOPS = Range.positive(1e30);
  private static final Range EPOCHS = Range.positive(100_000);
  private static final int PATIENCE = 3;

  /** Calibration: fewer windows than this make early stopping a coin toss. */
  static final long DEV_WINDOWS = 256;

  private final Declared declared;
  private final Problems problems;

  StageReader(Declared declared, Problems problems) {
    this.declared = declared;
    this.problems = problems;
  }

  /**
   * What stages refer to.
   *
   * @param corpora those that could be read
   * @param names of all corpora, also of those with problems: they are not unknown
   * @param context the model's longest sequence, or 0 when the model has problems
   * @param hasBase whether the first stages start from a trained model
   */
  record Declared(
      Map<String, StudyCorpus> corpora, List<String> names, int context, boolean hasBase) {}

  /**
   * What the recipe's other stages train on: the different mixtures, by name and weight.
   *
   * @param pretrain of the pretraining variants, or of the common ones if this recipe skips them
   * @param postTrain of the post-training variants, likewise
   * @param hasPretrain whether the study describes a pretraining stage
   * @param hasPostTrain whether the study describes a post-training stage
   * @param first the recipe's first stage, which no other comes before
   */
  record Pipeline(
      List<Map<String, Double>> pretrain,
      List<Map<String, Double>> postTrain,
      boolean hasPretrain,
      boolean hasPostTrain,
      StageKind first) {}

  /** Whether a recipe may do without pretraining. */
  boolean hasBase() {
    return declared.hasBase();
  }

  /** The base corpora and their weights; empty when they have problems. */
  Map<String, Double> corpora(Mapping stage, StageKind kind) {
    Optional<Section> section = Section.of(stage, vocabulary(kind), problems);
    if (section.isEmpty()
        || !section
            .get()
            .exactlyOne(List.of("corpus", "corpora"), "Give corpus: <name>, or corpora: {a: 3}.")) {
      return Map.of();
    }
    return section.get().has("corpus")
        ? section
            .get()
            .name("corpus", declared.names(), "corpus")
            .map(StageReader::only)
            .orElse(Map.of())
        : normalized(section.get().weights("corpora", declared.names(), "corpus"));
  }

  /**
   * The stage; empty when it has problems that leave nothing to make it of.
   *
   * @param parents what the stage before it may be; those with problems are left out
   */
  Optional<StageVariant> read(
      StageKind kind, Combination combination, Pipeline pipeline, List<StageSettings> parents) {
    Optional<Section> read = Section.of(combination.stage(), vocabulary(kind), problems);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Section section = read.get();
    Map<String, Double> corpora = corpora(combination.stage(), kind);
    double withoutFirst = section.number("without_first", Range.BELOW_ONE).orElse(0);
    Optional<Budget> budget = budget(section);
    Double flops = section.number("flops", FLOPS).stream().boxed().findFirst().orElse(null);
    int sequenceLength = sequenceLength(section);
    Optional<Optimization> optimization = OptimizationReader.read(section);
    boolean first = kind == StageKind.PRETRAIN;
    MixedDataReader mixed = new MixedDataReader(section, declared.names(), pipeline, problems);
    Exposure exposure = first ? mixed.exposure().orElse(null) : null;
    Replay replay = first ? null : mixed.replay(kind).orElse(null);
    MethodSettings method =
        new MethodReader(section, kind, declared, pipeline, sequenceLength).read(parents);
    Stopping stopping = stopping(section, corpora, sequenceLength).orElse(null);
    Marks marks = MarksReader.read(section).orElse(null);
    if (corpora.isEmpty() || budget.isEmpty() == (flops == null) || optimization.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new StageVariant(
            new StageSettings(
                kind,
                corpora,
                withoutFirst,
                budget.orElse(null),
                flops,
                sequenceLength,
                optimization.get(),
                exposure,
                replay,
                method,
                stopping,
                marks),
            combination.swept(),
            origins(combination.stage())));
  }

  static Vocabulary vocabulary(StageKind kind) {
    return switch (kind) {
      case PRETRAIN -> Vocabulary.PRETRAIN;
      case POST_TRAIN -> Vocabulary.POST_TRAIN;
      case FINE_TUNE -> Vocabulary.FINE_TUNE;
    };
  }

  private Optional<Budget> budget(Section section) {
    if (!section.exactlyOne(
        List.of("tokens", "epochs", "flops"),
        "Give tokens to train on, epochs: passes over the stage's corpora, or flops.")) {
      return Optional.empty();
    }
    return section.has("tokens")
        ? section.whole("tokens", CorporaReader.TOKENS).stream()
            .mapToObj(Budget::ofTokens)
            .findFirst()
        : section.number("epochs", EPOCHS).stream().mapToObj(Budget::ofEpochs).findFirst();
  }

  private int sequenceLength(Section section) {
    int context = Math.max(1, declared.context());
    OptionalLong length = section.whole("sequence_length", Range.whole(1, 1 << 20));
    if (declared.context() > 0 && length.orElse(context) > context) {
      section.problem(
          "sequence_length",
          "sequence-too-long",
          "The model's context is %d tokens.".formatted(context),
          "Use at most %d, or a model with a longer context.".formatted(context));
    }
    return (int) length.orElse(context);
  }

  private Optional<Stopping> stopping(
      Section stage, Map<String, Double> corpora, int sequenceLength) {
    Optional<Section> given = stage.section("early_stopping", Vocabulary.EARLY_STOPPING);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Section section = given.get();
    section.atMostOne(List.of("every_tokens", "every_epochs"), "Keep one of the two.");
    OptionalLong everyTokens = section.whole("every_tokens", CorporaReader.TOKENS);
    double everyEpochs = section.number("every_epochs", EPOCHS).orElse(1);
    int patience = (int) section.whole("patience", Range.whole(1, 10_000)).orElse(PATIENCE);
    long tokens =
        section.whole("tokens", CorporaReader.TOKENS).orElse(DEV_WINDOWS * sequenceLength);
    String corpus =
        section.has("corpus")
            ? section.name("corpus", declared.names(), "corpus").orElse(null)
            : heaviest(corpora);
    if (corpus == null) {
      return Optional.empty();
    }
    StudyCorpus watched = declared.corpora().get(corpus);
    if (watched != null && watched.definition().dev() == 0) {
      stage.problem(
          "early_stopping",
          "no-dev-split",
          "Corpus %s holds out nothing for early stopping: its dev share is 0.".formatted(corpus),
          "Give corpora.%s a dev share such as 0.05.".formatted(corpus));
    }
    return Optional.of(
        everyTokens.isPresent()
            ? new Stopping(corpus, everyTokens.getAsLong(), null, patience, tokens)
            : new Stopping(corpus, null, everyEpochs, patience, tokens));
  }

  static String heaviest(Map<String, Double> corpora) {
    return corpora.entrySet().stream()
        .max(
            Map.Entry.<String, Double>comparingByValue()
                .thenComparing(Map.Entry.<String, Double>comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  static Map<String, Double> only(String corpus) {
    return Map.of(corpus, 1.0);
  }

  static Map<String, Double> normalized(Map<String, Double> weights) {
    double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    Map<String, Double> normalized = new LinkedHashMap<>();
    weights.forEach((name, weight) -> normalized.put(name, weight / sum));
    return normalized;
  }

  private static Map<String, String> origins(Mapping stage) {
    Map<String, String> origins = new HashMap<>();
    origins.put("", stage.place().path());
    collect(stage, new ArrayList<>(), origins);
    return origins;
  }

  private static void collect(Mapping mapping, List<String> keys, Map<String, String> origins) {
    mapping
        .entries()
        .forEach(
            (key, value) -> {
              keys.addLast(key);
              origins.put(String.join(".", keys), value.place().path());
              if (value instanceof Tree.Mapping inner) {
                collect(inner, keys, origins);
              }
              keys.removeLast();
            });
  }
}
