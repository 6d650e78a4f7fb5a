package io.holdfast.data.preparation;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.Method.Fisher;
import io.holdfast.contracts.stage.MixtureSpec;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.data.pieces.ShardsUnderWayException;
import io.holdfast.data.pieces.Sharing;
import io.holdfast.data.pieces.Wanted;
import io.holdfast.data.registry.CorpusRegistry;
import io.holdfast.data.registry.RegisteredCorpus;
import io.holdfast.data.registry.RegisteredTokenizer;
import io.holdfast.data.registry.ShardRegistry;
import io.holdfast.data.tokenization.CorpusShards;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** The corpora that a stage needs: which they are, and their shards. */
@ApplicationScoped
class StageCorpora {

  private final CorpusRegistry corpora;
  private final ShardRegistry shards;
  private final Sharing sharing;

  @Inject
  StageCorpora(CorpusRegistry corpora, ShardRegistry shards, Sharing sharing) {
    this.corpora = corpora;
    this.shards = shards;
    this.sharing = sharing;
  }

  /** Ids of the corpora that a stage trains on. */
  static Set<String> trainedOn(StageSpec spec) {
    Set<String> ids = new TreeSet<>();
    MixtureSpec mixture = spec.mixture();
    mixture.base().forEach(source -> ids.add(source.part().corpus()));
    mixture.exposures().forEach(exposure -> ids.add(exposure.part().corpus()));
    mixture.replays().forEach(replay -> ids.add(replay.part().corpus()));
    return ids;
  }

  private static Set<String> needed(StageRequested request) {
    Set<String> ids = trainedOn(request.spec());
    if (request.spec().earlyStopping() != null) {
      ids.add(request.spec().earlyStopping().corpus());
    }
    request.spec().methodOrPlain().fisher().map(Fisher::corpus).ifPresent(ids::add);
    request.evaluations().stream().map(HeldOutSet::corpus).forEach(ids::add);
    return ids;
  }

  /** What the stage needs of tasks. */
  List<CorpusDefinition> ofTasks(StageRequested request) {
    return needed(request).stream()
        .map(corpora::find)
        .flatMap(Optional::stream)
        .map(RegisteredCorpus::definition)
        .filter(definition -> definition.task() != null)
        .toList();
  }

  /**
   * Shards of every corpus that the stage names, by corpus id.
   *
   * @throws InvalidInputException when corpora are unknown or cannot be read any more, all of them
   * @throws io.holdfast.data.corpus.DocumentsMissingException when a task's documents are not here
   * @throws ShardsUnderWayException when several pods are to make some; the others are there then
   */
  Map<String, CorpusShards> tokenized(
      StageRequested request,
      RegisteredTokenizer tokenizer,
      boolean verify,
      BooleanSupplier stopRequested) {
    Map<String, CorpusShards> tokenized = new HashMap<>();
    List<Wanted> underWay = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (String id : needed(request)) {
      Optional<RegisteredCorpus> corpus = corpora.find(id);
      if (corpus.isEmpty()) {
        problems.add(unknown(id));
        continue;
      }
      try {
        Optional<Wanted> shared = shared(corpus.get(), tokenizer, verify);
        shared.ifPresent(underWay::add);
        if (shared.isEmpty()) {
          tokenized.put(
              id,
              shards.ensure(corpus.get().source(), corpus.get(), tokenizer, verify, stopRequested));
        }
      } catch (InvalidInputException refused) {
        problems.addAll(refused.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    if (!underWay.isEmpty()) {
      throw new ShardsUnderWayException(underWay);
    }
    return tokenized;
  }

  private Optional<Wanted> shared(
      RegisteredCorpus corpus, RegisteredTokenizer tokenizer, boolean verify) {
    boolean missing =
        sharing.isWorthwhile(corpus)
            && !shards.areThere(new CorpusShards(corpus.id(), tokenizer.id()), verify);
    return missing ? sharing.of(corpus, tokenizer) : Optional.empty();
  }

  private static Problem unknown(String id) {
    return Problem.at(
        "corpus",
        "unknown-corpus",
        id,
        "No corpus of this id is registered.",
        "Submit the study again, so that its corpora are registered.");
  }
}
