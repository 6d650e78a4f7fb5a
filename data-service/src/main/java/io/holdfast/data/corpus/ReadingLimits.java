package io.holdfast.data.corpus;

/**
 * What bounds the memory and time that a user's files can take.
 *
 * @param maxDocumentBytes longest line of a JSONL file, and longest text file, decompressed
 * @param maxExpansion most decompressed bytes per compressed byte, once past {@code
 *     expansionGraceBytes}
 * @param expansionGraceBytes decompressed bytes of a file before the ratio counts
 * @param maxFiles most files of one folder or glob
 * @param maxProblems problems after which reading stops
 */
public record ReadingLimits(
    int maxDocumentBytes,
    int maxExpansion,
    long expansionGraceBytes,
    int maxFiles,
    int maxProblems) {

  /** Real text compresses 3 to 20 times; 200 leaves room for logs and tables. */
  public static final ReadingLimits DEFAULT =
      new ReadingLimits(16 << 20, 200, 16L << 20, 1_000_000, 20);

  public ReadingLimits {
    if (maxDocumentBytes < 1
        || maxExpansion < 1
        || expansionGraceBytes < 0
        || maxFiles < 1
        || maxProblems < 1) {
      throw new IllegalArgumentException("every limit is positive");
    }
  }
}
