package io.holdfast.data.pieces;

import io.holdfast.data.DataConfig;
import io.holdfast.data.corpus.CorpusReader;
import io.holdfast.data.registry.RegisteredCorpus;
import io.holdfast.data.registry.RegisteredTokenizer;
import io.holdfast.data.tokenization.CorpusShards;
import io.holdfast.data.tokenization.Division;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Which corpora are worth sharing among pods. */
@ApplicationScoped
public class Sharing {

  private final CorpusReader reader;
  private final Tokenizations tokenizations;
  private final long leastBytes;
  private final long partBytes;
  private final long bucketBytes;

  @Inject
  Sharing(CorpusReader reader, Tokenizations tokenizations, DataConfig config) {
    this.reader = reader;
    this.tokenizations = tokenizations;
    this.leastBytes = config.shareFrom().asLongValue();
    this.partBytes = config.part().asLongValue();
    this.bucketBytes = config.bucket().asLongValue();
  }

  /** Whether a corpus is large enough. */
  public boolean isWorthwhile(RegisteredCorpus corpus) {
    return corpus.bytes() >= leastBytes;
  }

  /**
   * How the shards of a corpus that is worth it are made in pieces; empty when one pod makes them
   * after all: of what cannot be divided, and when a piece could not be made.
   *
   * @throws io.holdfast.data.corpus.DocumentsMissingException when they are a task's, and not here
   */
  public Optional<Wanted> of(RegisteredCorpus corpus, RegisteredTokenizer tokenizer) {
    Division division = Division.forBytes(corpus.bytes(), partBytes, bucketBytes);
    return reader.dividesInto(corpus.definition(), division.parts()) < 2
            || isLeftAlone(new CorpusShards(corpus.id(), tokenizer.id()))
        ? Optional.empty()
        : Optional.of(new Wanted(corpus.id(), tokenizer.id(), division));
  }

  private boolean isLeftAlone(CorpusShards shards) {
    return tokenizations
        .find(Tokenization.id(shards))
        .filter(found -> found.state() == Tokenization.State.ALONE)
        .isPresent();
  }
}
