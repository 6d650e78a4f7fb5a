package io.holdfast.data.tokenization;

import io.holdfast.data.corpus.CorpusIdentity;
import io.holdfast.data.corpus.CorpusInspector;
import io.holdfast.data.corpus.CorpusPart;
import io.holdfast.data.corpus.Split;
import io.holdfast.data.tokenizer.Tokenizer;
import io.holdfast.lm.shard.TokenShard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The steps of {@link CorpusTokenizer}, each for a share of the corpus, so that several pods can do
 * them. Parts are encoded first, each into a spool for every bucket; then every bucket of all parts
 * is sorted into its piece of the shards. The pieces in order are the bytes of the whole shards.
 */
public final class PieceTokenizer {

  /** The file of a part's directory that has its share of the corpus's identity. */
  public static final String SUMS = "sums";

  private final CorpusInspector inspector;
  private final int threads;

  /**
   * @param threads encoding threads
   */
  public PieceTokenizer(CorpusInspector inspector, int threads) {
    this.inspector = inspector;
    this.threads = threads;
  }

  /**
   * Encodes a part: writes its spools, and its share of the corpus's identity.
   *
   * @param stopRequested asked for each document
   * @throws io.holdfast.contracts.problem.InvalidInputException when it cannot be read
   * @throws java.util.concurrent.CancellationException when a stop was requested
   */
  public void encode(
      CorpusTokenizer.Source corpus,
      CorpusPart part,
      Buckets buckets,
      Tokenizer tokenizer,
      Path directory,
      BooleanSupplier stopRequested)
      throws IOException {
    try (Spools spools = new Spools(directory, buckets)) {
      CorpusIdentity identity =
          ParallelEncoding.encode(
              tokenizer,
              threads,
              spools,
              stopRequested,
              sink -> inspector.inspectPart(corpus.place(), corpus.definition(), part, sink));
      Files.writeString(directory.resolve(SUMS), identity.sums());
    }
  }

  /** A part's share of the corpus's identity, from the directory where it was encoded. */
  public static CorpusIdentity identity(Path part) throws IOException {
    return CorpusIdentity.ofSums(Files.readString(part.resolve(SUMS)));
  }

  /** What a bucket's file is called in a part's directory, before the dot. */
  public static String spool(int bucket) {
    return Spools.name(bucket);
  }

  /**
   * Sorts a bucket of all parts into a piece of every split's shard.
   *
   * @param parts directories of all parts
   * @param masked whether some tokens have no loss
   * @param directory receives the pieces
   */
  public static void sort(
      int bucket, Buckets buckets, List<Path> parts, int vocabSize, boolean masked, Path directory)
      throws IOException {
    List<Path> spools = parts.stream().map(part -> part.resolve(spool(bucket) + ".spool")).toList();
    try (SplitShards shards =
        new SplitShards(split -> piece(directory, split, bucket, buckets), vocabSize, masked)) {
      SortedBucket.append(spools, shards.writers(), masked);
      shards.finish();
    }
  }

  private static Path piece(Path directory, Split split, int bucket, Buckets buckets) {
    return TokenShard.piece(
        directory.resolve(CorpusShards.name(split)), bucket + 1, buckets.count());
  }
}
