package io.holdfast.data.tokenization;

/**
 * How the tokenization of one corpus is divided among pods: what is read into parts, what is
 * written into the corpus's {@linkplain Buckets buckets}. It follows from the corpus's bytes alone.
 *
 * @param parts each is read and encoded by one pod, into one spool a bucket
 * @param buckets each is sorted by one pod, into one piece of every split's shard
 */
public record Division(int parts, Buckets buckets) {

  /** Every part leaves a file for every bucket. */
  public static final int MAX_PARTS = 256;

  public Division {
    if (parts < 1 || parts > MAX_PARTS) {
      throw new IllegalArgumentException("1 to %d parts: %d".formatted(MAX_PARTS, parts));
    }
  }

  /**
   * Divides a corpus.
   *
   * @param corpusBytes UTF-8 bytes of all documents
   * @param partBytes bytes of text that one part should have
   * @param bucketBytes bytes of text that one bucket should have
   */
  public static Division forBytes(long corpusBytes, long partBytes, long bucketBytes) {
    return new Division(
        (int) Math.clamp(Math.ceilDiv(corpusBytes, partBytes), 1L, MAX_PARTS),
        Buckets.forBytes(corpusBytes, bucketBytes));
  }
}
