package io.holdfast.data.pieces;

import io.holdfast.artifact.SharedArtifacts;
import io.holdfast.artifact.SharedArtifacts.Hold;
import io.holdfast.data.corpus.CorpusPart;
import io.holdfast.data.registry.CorpusRegistry;
import io.holdfast.data.registry.LoadedTokenizers;
import io.holdfast.data.registry.RegisteredCorpus;
import io.holdfast.data.registry.RegisteredTokenizer;
import io.holdfast.data.registry.TokenizerRegistry;
import io.holdfast.data.tokenization.CorpusTokenizer;
import io.holdfast.data.tokenization.PieceTokenizer;
import io.holdfast.lm.durable.StorageException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Makes pieces, each a published directory. Everything can be done twice, by different pods at the
 * same time too: equal pieces have equal bytes.
 */
@ApplicationScoped
class PieceMaker {

  private final PieceTokenizer tokenizer;
  private final CorpusRegistry corpora;
  private final TokenizerRegistry tokenizers;
  private final LoadedTokenizers loaded;
  private final SharedArtifacts artifacts;

  @Inject
  PieceMaker(
      PieceTokenizer tokenizer,
      CorpusRegistry corpora,
      TokenizerRegistry tokenizers,
      LoadedTokenizers loaded,
      SharedArtifacts artifacts) {
    this.tokenizer = tokenizer;
    this.corpora = corpora;
    this.tokenizers = tokenizers;
    this.loaded = loaded;
    this.artifacts = artifacts;
  }

  RegisteredCorpus corpus(Tokenization of) {
    return corpora.find(of.corpus()).orElseThrow();
  }

  private RegisteredTokenizer tokenizer(Tokenization of) {
    return tokenizers.find(of.tokenizer()).orElseThrow();
  }

  /** Whether the shards are there, from wherever. */
  boolean areThere(Tokenization wanted) {
    return artifacts.has(wanted.shards().directory());
  }

  /**
   * Reads and encodes a part.
   *
   * @return its share of the corpus's identity
   */
  String encode(Tokenization of, Piece.Part part, BooleanSupplier stopRequested) {
    RegisteredCorpus corpus = corpus(of);
    CorpusTokenizer.Source source =
        new CorpusTokenizer.Source(
            corpus.source(), corpus.definition(), corpus.id(), corpus.bytes());
    CorpusPart share = new CorpusPart(part.number(), of.division().parts());
    String directory = of.artifact(part);
    loaded.use(
        tokenizer(of),
        encoder ->
            artifacts.provide(
                directory,
                staging ->
                    tokenizer.encode(
                        source, share, of.division().buckets(), encoder, staging, stopRequested)));
    try (Hold here = artifacts.hold(List.of(directory + "/" + PieceTokenizer.SUMS))) {
      return PieceTokenizer.identity(artifacts.resolve(directory)).sums();
    } catch (IOException e) {
      throw new StorageException(artifacts.resolve(directory), "read", e);
    }
  }

  /** Sorts a bucket of all parts. */
  void sort(Tokenization of, Piece.Bucket bucket) {
    List<String> parts = of.artifacts(of.parts());
    List<String> spools =
        parts.stream().map(part -> part + "/" + PieceTokenizer.spool(bucket.number())).toList();
    try (Hold here = artifacts.hold(spools)) {
      List<Path> directories = parts.stream().map(artifacts::resolve).toList();
      artifacts.provide(
          of.artifact(bucket),
          staging ->
              PieceTokenizer.sort(
                  bucket.number(),
                  of.division().buckets(),
                  directories,
                  tokenizer(of).vocabSize(),
                  corpus(of).definition().learnsCompletions(),
                  staging));
    }
  }

  /** Makes the shards of the sorted buckets. */
  void unite(Tokenization of) {
    artifacts.unite(of.shards().directory(), of.artifacts(of.buckets()));
  }

  /** Removes a piece that came too late: its work had been cancelled. */
  void remove(Tokenization of, Piece piece) {
    if (piece instanceof Piece.Part || piece instanceof Piece.Bucket) {
      artifacts.remove(of.artifact(piece));
    }
  }

  /** Removes everything that was made of the pieces, in whatever division. */
  void clear(Tokenization of) {
    artifacts.children(Tokenization.FOLDER).stream()
        .filter(of::owns)
        .forEach(entry -> artifacts.remove(Tokenization.FOLDER + "/" + entry));
  }
}
