package io.holdfast.data.registry;

import io.holdfast.artifact.SharedArtifacts;
import io.holdfast.artifact.SharedArtifacts.Hold;
import io.holdfast.data.corpus.Split;
import io.holdfast.data.tokenization.CorpusShards;
import io.holdfast.data.tokenization.CorpusTokenizer;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.UnusableArtifactException;
import io.holdfast.lm.shard.TokenIndex;
import io.holdfast.lm.shard.TokenShard;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Token shards in the artifact store: each corpus is tokenized once for each tokenizer. */
@ApplicationScoped
public class ShardRegistry {

  private static final Logger LOG = Logger.getLogger(ShardRegistry.class);

  private final CorpusTokenizer corpusTokenizer;
  private final LoadedTokenizers tokenizers;
  private final SharedArtifacts artifacts;
  private final SingleFlight<CorpusShards> tokenizations = new SingleFlight<>();

  @Inject
  ShardRegistry(
      CorpusTokenizer corpusTokenizer, LoadedTokenizers tokenizers, SharedArtifacts artifacts) {
    this.corpusTokenizer = corpusTokenizer;
    this.tokenizers = tokenizers;
    this.artifacts = artifacts;
  }

  /**
   * A corpus's shards; tokenizes it unless they are there.
   *
   * @param place where the user's input asks for it
   * @param verify whether shards that are there are read whole, and written again when damaged
   * @throws io.holdfast.contracts.problem.InvalidInputException when the corpus changed or is gone
   * @throws java.util.concurrent.CancellationException when a stop was requested
   */
  public CorpusShards ensure(
      String place,
      RegisteredCorpus corpus,
      RegisteredTokenizer tokenizer,
      boolean verify,
      BooleanSupplier stopRequested) {
    CorpusShards shards = new CorpusShards(corpus.id(), tokenizer.id());
    if (!verify && artifacts.has(shards.directory())) {
      return shards;
    }
    return tokenizations.get(
        shards.directory(),
        () -> {
          dropIfDamaged(shards.directory());
          Path directory = artifacts.resolve(shards.directory());
          tokenize(place, corpus, tokenizer, directory, stopRequested);
          artifacts.publish(shards.directory());
          return shards;
        });
  }

  /**
   * Whether a corpus's shards are there.
   *
   * @param verify whether they are read whole, and removed when damaged
   */
  public boolean areThere(CorpusShards shards, boolean verify) {
    if (!artifacts.has(shards.directory())) {
      return false;
    }
    if (!verify) {
      return true;
    }
    try (Hold here = artifacts.hold(List.of(shards.directory()))) {
      DurableDirectory.open(artifacts.resolve(shards.directory())).verify();
      return true;
    } catch (UnusableArtifactException damaged) {
      LOG.warnf("%s is made again: %s", shards.directory(), damaged.getMessage());
      artifacts.remove(shards.directory());
      return false;
    }
  }

  /** Published elsewhere, shards are brought here first; damaged ones are made again. */
  private void dropIfDamaged(String directory) {
    if (artifacts.isRemote() && artifacts.has(directory)) {
      try {
        artifacts.hold(List.of(directory)).close();
      } catch (UnusableArtifactException damaged) {
        LOG.warnf("%s is made again: %s", directory, damaged.getMessage());
        artifacts.remove(directory);
      }
    }
  }

  /** Opens a split's shard; the caller closes it. What is mapped outlives its file. */
  public TokenShard open(CorpusShards shards, Split split) {
    String artifact = shards.of(split);
    try (Hold here = artifacts.hold(List.of(artifact))) {
      return TokenShard.open(artifacts.resolve(artifact));
    }
  }

  /** A split's documents and how many tokens they have; brings no tokens. The caller closes it. */
  public TokenIndex index(CorpusShards shards, Split split) {
    List<String> indexes =
        artifacts.listing(shards.directory()).orElse(Map.of()).keySet().stream()
            .filter(
                file -> file.startsWith(CorpusShards.name(split) + ".") && file.endsWith(".idx"))
            .map(file -> shards.directory() + "/" + file)
            .toList();
    try (Hold here = artifacts.hold(indexes)) {
      return TokenIndex.open(artifacts.resolve(shards.of(split)));
    }
  }

  private void tokenize(
      String place,
      RegisteredCorpus corpus,
      RegisteredTokenizer tokenizer,
      Path directory,
      BooleanSupplier stopRequested) {
    long begin = System.nanoTime();
    CorpusTokenizer.Source source =
        new CorpusTokenizer.Source(place, corpus.definition(), corpus.id(), corpus.bytes());
    tokenizers.use(
        tokenizer, loaded -> corpusTokenizer.tokenize(source, loaded, directory, stopRequested));
    double seconds = (System.nanoTime() - begin) / 1e9;
    LOG.infof(
        "Tokenized %s: %s",
        corpus.source(),
        String.format(
            Locale.ROOT,
            "%.1f MB in %.2f s, %.1f MB/s",
            corpus.bytes() / 1e6,
            seconds,
            corpus.bytes() / 1e6 / seconds));
  }
}
