package io.holdfast.data.tokenization;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.data.corpus.CorpusInspection;
import io.holdfast.data.corpus.Split;
import io.holdfast.data.tokenizer.Tokenizer;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Writes a corpus's token shards: {@code train}, {@code dev} and {@code test}, each document's
 * tokens followed by one end-of-text token, in the order of the documents' hashes.
 *
 * <p>Documents are encoded while they are read, on all threads, and spooled by hash bucket; each
 * bucket is then sorted and appended. Memory does not grow with the corpus up to {@link
 * Buckets#MAX_COUNT} buckets. The directory appears whole or not at all.
 */
public final class CorpusTokenizer {

  private final CorpusPass pass;
  private final int threads;
  private final long bucketBytes;

  /**
   * @param threads encoding threads
   * @param bucketBytes bytes of text that are sorted at a time
   */
  public CorpusTokenizer(CorpusPass pass, int threads, long bucketBytes) {
    this.pass = pass;
    this.threads = threads;
    this.bucketBytes = bucketBytes;
  }

  /**
   * A corpus as it was registered.
   *
   * @param place the definition's place in the user's input
   * @param id the id its documents had
   * @param bytes UTF-8 bytes of all its documents
   */
  public record Source(String place, CorpusDefinition definition, String id, long bytes) {}

  /**
   * Publishes the shards, unless they are there already.
   *
   * @param directory where they appear
   * @param stopRequested asked for each document
   * @throws InvalidInputException when the corpus cannot be read, or has changed since it was
   *     registered
   * @throws CancellationException when a stop was requested
   * @throws StorageException when storage refuses
   */
  public void tokenize(
      Source corpus, Tokenizer tokenizer, Path directory, BooleanSupplier stopRequested) {
    DurableDirectory.publish(
        directory, staging -> write(corpus, tokenizer, staging, stopRequested));
  }

  private void write(
      Source corpus, Tokenizer tokenizer, Path staging, BooleanSupplier stopRequested)
      throws IOException {
    try (Spools spools = new Spools(staging, Buckets.forBytes(corpus.bytes(), bucketBytes))) {
      encode(corpus, tokenizer, spools, stopRequested);
      boolean masked = corpus.definition().learnsCompletions();
      try (SplitShards shards =
          new SplitShards(split -> shard(staging, split), tokenizer.file().vocabSize(), masked)) {
        for (int bucket = 0; bucket < spools.count(); bucket++) {
          spools.sortInto(bucket, shards.writers(), masked);
        }
        shards.finish();
      }
    }
  }

  private void encode(
      Source corpus, Tokenizer tokenizer, Spools spools, BooleanSupplier stopRequested) {
    requireUnchanged(
        corpus,
        ParallelEncoding.encode(
            tokenizer,
            threads,
            spools,
            stopRequested,
            sink -> pass.over(corpus.place(), corpus.definition(), sink)));
  }

  private static Path shard(Path directory, Split split) {
    return directory.resolve(CorpusShards.name(split));
  }

  private static void requireUnchanged(Source corpus, CorpusInspection found) {
    switch (found) {
      case CorpusInspection.Refused refused -> throw new InvalidInputException(refused.problems());
      case CorpusInspection.Usable usable -> {
        if (!usable.id().equals(corpus.id())) {
          throw new InvalidInputException(List.of(changed(corpus)));
        }
      }
    }
  }

  private static Problem changed(Source corpus) {
    return Problem.at(
        corpus.place(),
        "corpus-changed",
        corpus.definition().source(),
        "The corpus's documents are no longer those that were registered.",
        "Submit the study again, so that it uses the documents as they are now.");
  }
}
