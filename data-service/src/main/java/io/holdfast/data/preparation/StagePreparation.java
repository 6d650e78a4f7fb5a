package io.holdfast.data.preparation;

import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.contracts.mixture.MixturePlan;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.EarlyStopping;
import io.holdfast.contracts.stage.Method.Fisher;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.data.corpus.Split;
import io.holdfast.data.mixture.MixturePlanner;
import io.holdfast.data.mixture.Planning;
import io.holdfast.data.mixture.TrainingSplit;
import io.holdfast.data.registry.RegisteredTokenizer;
import io.holdfast.data.registry.ShardRegistry;
import io.holdfast.data.registry.TokenizerRegistry;
import io.holdfast.data.tokenization.CorpusShards;
import io.holdfast.lm.shard.TokenIndex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Makes a stage's data ready: its corpora are tokenized, its mixture is planned, and its held-out
 * sets are found. Takes milliseconds when the shards are there.
 */
@ApplicationScoped
public class StagePreparation {

  private final TokenizerRegistry tokenizers;
  private final StageCorpora corpora;
  private final ShardRegistry shards;

  @Inject
  StagePreparation(TokenizerRegistry tokenizers, StageCorpora corpora, ShardRegistry shards) {
    this.tokenizers = tokenizers;
    this.corpora = corpora;
    this.shards = shards;
  }

  /**
   * Prepares a stage.
   *
   * @param verify whether shards that are there are checked whole
   * @throws InvalidInputException with everything that makes the data unusable
   * @throws java.util.concurrent.CancellationException when a stop was requested
   */
  public StagePrepared prepare(
      StageRequested request, boolean verify, BooleanSupplier stopRequested) {
    StageSpec spec = request.spec();
    RegisteredTokenizer tokenizer =
        tokenizers
            .find(spec.tokenizer())
            .orElseThrow(() -> new InvalidInputException(List.of(unknownTokenizer(spec))));
    Map<String, CorpusShards> tokenized =
        corpora.tokenized(request, tokenizer, verify, stopRequested);
    List<Problem> problems = new ArrayList<>();
    HeldOutShard dev = dev(spec.earlyStopping(), tokenized, tokenizer, problems);
    HeldOutShard fisher = fisher(spec.methodOrPlain().fisher(), tokenized, tokenizer, problems);
    List<HeldOutShard> evaluations = new ArrayList<>();
    for (HeldOutSet set : request.evaluations()) {
      CorpusShards corpus = tokenized.get(set.corpus());
      heldOut("evaluations", corpus, Split.TEST, set.maxTokens(), tokenizer, problems)
          .ifPresent(evaluations::add);
    }
    MixturePlan plan = plan(spec, tokenized, tokenizer, problems);
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return new StagePrepared(
        request.stageId(),
        spec,
        plan,
        tokenizer.artifact(),
        dev,
        fisher,
        evaluations,
        request.probes(),
        request.tasks(),
        request.priority(),
        request.attempt());
  }

  private MixturePlan plan(
      StageSpec spec,
      Map<String, CorpusShards> tokenized,
      RegisteredTokenizer tokenizer,
      List<Problem> problems) {
    Map<String, TrainingSplit> splits = new HashMap<>();
    try (OpenIndexes open = new OpenIndexes()) {
      for (String corpus : StageCorpora.trainedOn(spec)) {
        CorpusShards each = tokenized.get(corpus);
        TokenIndex index = open.add(shards.index(each, Split.TRAIN));
        splits.put(corpus, new TrainingSplit(each.of(Split.TRAIN), new ShardTable(index)));
      }
      return switch (MixturePlanner.plan(
          spec.mixture(), splits, tokenizer.endOfText(), spec.seed())) {
        case Planning.Planned planned -> planned.plan();
        case Planning.Refused refused -> {
          problems.addAll(refused.problems());
          yield null;
        }
      };
    }
  }

  private HeldOutShard dev(
      EarlyStopping stopping,
      Map<String, CorpusShards> tokenized,
      RegisteredTokenizer tokenizer,
      List<Problem> problems) {
    return stopping == null
        ? null
        : heldOut(
                "early_stopping",
                tokenized.get(stopping.corpus()),
                Split.DEV,
                stopping.maxTokens(),
                tokenizer,
                problems)
            .orElse(null);
  }

  private HeldOutShard fisher(
      Optional<Fisher> fisher,
      Map<String, CorpusShards> tokenized,
      RegisteredTokenizer tokenizer,
      List<Problem> problems) {
    return fisher
        .flatMap(
            wanted ->
                heldOut(
                    "method.anchor.fisher",
                    tokenized.get(wanted.corpus()),
                    Split.DEV,
                    wanted.maxTokens(),
                    tokenizer,
                    problems))
        .orElse(null);
  }

  private Optional<HeldOutShard> heldOut(
      String place,
      CorpusShards corpus,
      Split split,
      long maxTokens,
      RegisteredTokenizer tokenizer,
      List<Problem> problems) {
    try (TokenIndex shard = shards.index(corpus, split)) {
      if (shard.tokens() == 0) {
        problems.add(
            Problem.at(
                place,
                "held-out-split-empty",
                corpus.corpus(),
                "The corpus has no documents in its %s split.".formatted(CorpusShards.name(split)),
                "Hold out a share of it, such as 0.05."));
        return Optional.empty();
      }
      return Optional.of(
          new HeldOutShard(
              corpus.corpus(),
              corpus.of(split),
              tokenizer.endOfText(),
              Math.min(maxTokens, shard.tokens())));
    }
  }

  private static Problem unknownTokenizer(StageSpec spec) {
    return Problem.at(
        "tokenizer",
        "unknown-tokenizer",
        spec.tokenizer(),
        "The artifact store has no tokenizer of this id.",
        "Submit the study again, so that its tokenizer is made anew.");
  }
}
