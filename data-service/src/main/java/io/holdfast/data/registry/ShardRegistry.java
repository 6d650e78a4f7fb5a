package io.holdfast.data.registry;

import io.holdfast.data.corpus.Split;
import io.holdfast.data.tokenization.CorpusShards;
import io.holdfast.data.tokenization.CorpusTokenizer;
import io.holdfast.kit.artifact.ArtifactStore;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.shard.TokenShard;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Token shards in the artifact store: each corpus is tokenized once for each tokenizer. */
@ApplicationScoped
public class ShardRegistry {

  private static final Logger LOG = Logger.getLogger(ShardRegistry.class);

  private final CorpusTokenizer corpusTokenizer;
  private final LoadedTokenizers tokenizers;
  private final ArtifactStore artifacts;
  private final SingleFlight<CorpusShards> tokenizations = new SingleFlight<>();

  @Inject
  ShardRegistry(
      CorpusTokenizer corpusTokenizer, LoadedTokenizers tokenizers, ArtifactStore artifacts) {
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
    Path directory = artifacts.resolve(shards.directory());
    if (!verify && DurableDirectory.find(directory).isPresent()) {
      return shards;
    }
    return tokenizations.get(
        shards.directory(),
        () -> {
          tokenize(place, corpus, tokenizer, directory, stopRequested);
          return shards;
        });
  }

  /** Opens a split's shard; the caller closes it. */
  public TokenShard open(CorpusShards shards, Split split) {
    return TokenShard.open(artifacts.resolve(shards.of(split)));
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
