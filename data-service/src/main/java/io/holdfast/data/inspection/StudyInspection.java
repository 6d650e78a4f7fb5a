package io.holdfast.data.inspection;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.Inspection.InspectedCorpus;
import io.holdfast.contracts.corpus.Inspection.InspectedModel;
import io.holdfast.contracts.corpus.Inspection.SplitSize;
import io.holdfast.contracts.corpus.InspectionRequest;
import io.holdfast.contracts.corpus.TokenizerDefinition;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.data.DataConfig;
import io.holdfast.data.corpus.Split;
import io.holdfast.data.corpus.SplitCount;
import io.holdfast.data.model.BaseModel;
import io.holdfast.data.registry.CorpusPasses;
import io.holdfast.data.registry.CorpusRegistry;
import io.holdfast.data.registry.ModelRegistry;
import io.holdfast.data.registry.OverlapRegistry;
import io.holdfast.data.registry.RegisteredCorpus;
import io.holdfast.data.registry.RegisteredModel;
import io.holdfast.data.registry.RegisteredTokenizer;
import io.holdfast.data.registry.ShardRegistry;
import io.holdfast.data.registry.TokenizerRegistry;
import io.holdfast.data.tokenization.CorpusShards;
import io.holdfast.lm.shard.TokenIndex;
import io.holdfast.lm.shard.TokenShard;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;

/**
 * Looks at all that a study brings: registers its base, corpora and tokenizer, tokenizes what is
 * small enough to wait for, and collects every problem. What is known already costs milliseconds.
 */
@ApplicationScoped
public class StudyInspection {

  private final CorpusPasses passes;
  private final CorpusRegistry corpora;
  private final TaskCorpora tasks;
  private final BaseInspection bases;
  private final ModelRegistry models;
  private final TokenizerRegistry tokenizers;
  private final ShardRegistry shards;
  private final OverlapRegistry overlaps;
  private final long tokenizeLimit;

  /** One corpus a core: reading is as much work as encoding. */
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          Thread.ofPlatform().daemon().name("inspect-", 0).factory());

  @Inject
  StudyInspection(
      CorpusPasses passes,
      CorpusRegistry corpora,
      TaskCorpora tasks,
      BaseInspection bases,
      ModelRegistry models,
      TokenizerRegistry tokenizers,
      ShardRegistry shards,
      OverlapRegistry overlaps,
      DataConfig config) {
    this.passes = passes;
    this.corpora = corpora;
    this.tasks = tasks;
    this.bases = bases;
    this.models = models;
    this.tokenizers = tokenizers;
    this.shards = shards;
    this.overlaps = overlaps;
    this.tokenizeLimit = config.inspectTokenizeLimit().asLongValue();
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }

  /** Inspects; waits for whatever has to be read, trained and encoded. */
  public Inspection inspect(InspectionRequest request) {
    try (CorpusPasses.Scope _ = passes.keepDocuments()) {
      return inspectAll(request);
    }
  }

  private Inspection inspectAll(InspectionRequest request) {
    List<Problem> problems = new ArrayList<>();
    Optional<BaseModel> base = bases.open(request.base(), problems);
    // A large one is hashed and copied meanwhile.
    Optional<Future<RegisteredModel>> copied =
        base.map(model -> threads.submit(() -> models.register(model)));
    Map<String, RegisteredCorpus> registered =
        forEach(
            tasks.readable(request.corpora(), problems),
            (name, definition) -> corpora.register("corpora." + name, definition),
            problems);
    Optional<RegisteredTokenizer> tokenizer =
        request.base() == null
            ? tokenizer(request, registered, problems)
            : base.flatMap(model -> bases.tokenizer(model, request.tokenizer(), problems));
    Map<String, InspectedCorpus> inspected =
        forEach(registered, (name, corpus) -> inspected(name, corpus, tokenizer), problems);
    Optional<RegisteredModel> model = copied.flatMap(copy -> Steps.join(copy, problems));
    StudyOverlaps found = StudyOverlaps.of(request, registered, inspected, overlaps);
    return new Inspection(
        tokenizer.map(RegisteredTokenizer::id).orElse(null),
        tokenizer.map(RegisteredTokenizer::vocabSize).orElse(null),
        inspected,
        model.map(each -> new InspectedModel(each.id(), each.architecture())).orElse(null),
        found.pairs(),
        found.unions(),
        problems);
  }

  private Optional<RegisteredTokenizer> tokenizer(
      InspectionRequest request, Map<String, RegisteredCorpus> registered, List<Problem> problems) {
    TokenizerDefinition definition = request.tokenizer();
    if (definition == null) {
      problems.add(
          Problem.at(
              "tokenizer",
              "missing",
              null,
              "The request has no tokenizer.",
              "Give vocab_size and train_on, or the path of a tokenizer.json."));
      return Optional.empty();
    }
    List<Problem> unknown = unknownCorpora(definition, request.corpora());
    problems.addAll(unknown);
    if (!unknown.isEmpty() || !registered.keySet().containsAll(definition.trainOn())) {
      return Optional.empty();
    }
    try {
      return Optional.of(tokenizers.register("tokenizer", definition, registered));
    } catch (InvalidInputException refused) {
      problems.addAll(refused.problems());
      return Optional.empty();
    }
  }

  private static List<Problem> unknownCorpora(
      TokenizerDefinition definition, Map<String, CorpusDefinition> corpora) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < definition.trainOn().size(); i++) {
      String name = definition.trainOn().get(i);
      if (!corpora.containsKey(name)) {
        problems.add(
            Problem.at(
                "tokenizer.train_on[" + i + "]",
                "unknown-corpus",
                name,
                "The study has no corpus of this name.",
                "Name one of " + String.join(", ", new TreeMap<>(corpora).keySet()) + "."));
      }
    }
    return problems;
  }

  private InspectedCorpus inspected(
      String name, RegisteredCorpus corpus, Optional<RegisteredTokenizer> tokenizer) {
    Optional<CorpusShards> tokenized =
        tokenizer
            .filter(any -> corpus.bytes() <= tokenizeLimit)
            .map(known -> shards.ensure("corpora." + name, corpus, known, false, () -> false));
    return new InspectedCorpus(
        corpus.id(),
        corpus.documents(),
        corpus.bytes(),
        size(corpus, Split.TRAIN, tokenized),
        size(corpus, Split.DEV, tokenized),
        size(corpus, Split.TEST, tokenized));
  }

  private SplitSize size(RegisteredCorpus corpus, Split split, Optional<CorpusShards> tokenized) {
    SplitCount count = corpus.splits().get(split);
    return tokenized
        .map(
            each ->
                corpus.definition().learnsCompletions()
                    ? learned(count, each, split)
                    : counted(count, each, split))
        .orElseGet(() -> new SplitSize(count.documents(), count.bytes(), null, null));
  }

  private SplitSize counted(SplitCount count, CorpusShards tokenized, Split split) {
    try (TokenIndex index = shards.index(tokenized, split)) {
      return new SplitSize(count.documents(), count.bytes(), index.tokens(), null);
    }
  }

  private SplitSize learned(SplitCount count, CorpusShards tokenized, Split split) {
    try (TokenShard shard = shards.open(tokenized, split)) {
      return new SplitSize(
          count.documents(), count.bytes(), shard.tokens(), shard.scored(0, shard.tokens()));
    }
  }

  /** Applies the step to all entries at once; entries with problems are left out of the result. */
  private <A, B> Map<String, B> forEach(
      Map<String, A> entries, BiFunction<String, A, B> step, List<Problem> problems) {
    Map<String, Future<B>> running = new LinkedHashMap<>();
    new TreeMap<>(entries)
        .forEach((name, entry) -> running.put(name, threads.submit(() -> step.apply(name, entry))));
    Map<String, B> results = new TreeMap<>();
    running.forEach(
        (name, result) -> Steps.join(result, problems).ifPresent(b -> results.put(name, b)));
    return results;
  }
}
