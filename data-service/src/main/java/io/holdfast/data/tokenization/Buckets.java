package io.holdfast.data.tokenization;

import io.holdfast.data.corpus.OrderKey;

/**
 * Divides a corpus's documents by hash, so that one bucket's tokens can be sorted at a time.
 * Buckets follow the documents' order: all of bucket 0 precedes all of bucket 1. A bucket depends
 * on the document alone, so that different pods could encode different buckets of one corpus.
 */
public record Buckets(int count) {

  /** As many files are open at once while documents are encoded. */
  public static final int MAX_COUNT = 512;

  public Buckets {
    if (count < 1 || count > MAX_COUNT) {
      throw new IllegalArgumentException("1 to %d buckets: %d".formatted(MAX_COUNT, count));
    }
  }

  /**
   * Enough buckets for a corpus.
   *
   * @param corpusBytes UTF-8 bytes of all documents
   * @param bucketBytes bytes of text that one bucket should hold
   */
  public static Buckets forBytes(long corpusBytes, long bucketBytes) {
    return new Buckets((int) Math.clamp(Math.ceilDiv(corpusBytes, bucketBytes), 1L, MAX_COUNT));
  }

  /** The bucket of a document: its order's place among all possible orders, in {@code count}ths. */
  public int of(OrderKey order) {
    return (int) Math.unsignedMultiplyHigh(order.high(), count);
  }
}
