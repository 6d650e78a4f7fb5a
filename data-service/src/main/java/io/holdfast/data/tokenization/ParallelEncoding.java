package io.holdfast.data.tokenization;

import io.holdfast.data.corpus.PlacedDocument;
import io.holdfast.data.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Encodes documents on several threads while one thread reads them. At most three batches a thread
 * exist at a time: a reader that is faster than the encoders waits.
 */
final class ParallelEncoding implements AutoCloseable {

  /** Characters of one batch: enough to make the hand-over cheap, little enough to spread well. */
  private static final int BATCH_CHARACTERS = 1 << 18;

  private static final List<PlacedDocument> END = List.of();

  /** Takes encoded documents, from several threads at once. */
  @FunctionalInterface
  interface Sink {
    void accept(List<PlacedDocument> documents, List<EncodedDocument> encoded) throws IOException;
  }

  private final Sink sink;
  private final BlockingQueue<List<PlacedDocument>> batches;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private List<PlacedDocument> batch = new ArrayList<>();
  private int batchCharacters;

  ParallelEncoding(Tokenizer tokenizer, int threads, Sink sink) {
    this.sink = sink;
    this.batches = new ArrayBlockingQueue<>(threads);
    for (int i = 0; i < threads; i++) {
      FormEncoder encoder = new FormEncoder(tokenizer);
      this.threads.add(
          Thread.ofPlatform().daemon().name("encode-", i).start(() -> encodeAll(encoder)));
    }
  }

  /**
   * Encodes what a reader hands on into spools.
   *
   * @param stopRequested asked for each document
   * @param reader reads all documents into the sink it is given
   * @return what the reader returned, once all it read is in the spools
   * @throws CancellationException when a stop was requested
   */
  static <R> R encode(
      Tokenizer tokenizer,
      int threads,
      Spools spools,
      BooleanSupplier stopRequested,
      Function<Consumer<PlacedDocument>, R> reader) {
    try (ParallelEncoding encoding = new ParallelEncoding(tokenizer, threads, spools::append)) {
      R read =
          reader.apply(
              document -> {
                if (stopRequested.getAsBoolean()) {
                  throw new CancellationException("stopped while encoding");
                }
                encoding.add(document);
              });
      encoding.finish();
      return read;
    } catch (EncodingFailedException e) {
      throw rethrown(e.getCause());
    }
  }

  private static RuntimeException rethrown(Throwable cause) {
    return switch (cause) {
      case IOException e -> new UncheckedIOException(e);
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(cause);
    };
  }

  /** Adds a document; called by one thread. */
  void add(PlacedDocument document) {
    batch.add(document);
    batchCharacters += document.document().text().length();
    if (batchCharacters >= BATCH_CHARACTERS) {
      flush();
    }
  }

  private void flush() {
    Throwable failed = failure.get();
    if (failed != null) {
      throw new EncodingFailedException(failed);
    }
    if (!batch.isEmpty()) {
      put(batch);
      batch = new ArrayList<>();
      batchCharacters = 0;
    }
  }

  private void put(List<PlacedDocument> documents) {
    try {
      batches.put(documents);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while encoding");
    }
  }

  /** Waits until every document has reached the sink. */
  void finish() {
    flush();
    stop();
    Throwable failed = failure.get();
    if (failed != null) {
      throw new EncodingFailedException(failed);
    }
  }

  /** Ends the threads; documents that were added before are still encoded. */
  private void stop() {
    threads.forEach(thread -> put(END));
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while encoding");
    }
    threads.clear();
  }

  /** After a failure, batches are still taken, so that the reader does not wait for ever. */
  private void encodeAll(FormEncoder encoder) {
    try {
      for (List<PlacedDocument> next = batches.take(); !next.isEmpty(); next = batches.take()) {
        if (failure.get() == null) {
          encode(encoder, next);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void encode(FormEncoder encoder, List<PlacedDocument> documents) {
    try {
      sink.accept(
          documents, encoder.encode(documents.stream().map(PlacedDocument::document).toList()));
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      failure.compareAndSet(null, e);
    }
  }

  /** Ends the threads, at once when {@link #finish} was not reached. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }

  /** A thread failed; the cause says why. */
  private static final class EncodingFailedException extends RuntimeException {
    EncodingFailedException(Throwable cause) {
      super(cause);
    }
  }
}
