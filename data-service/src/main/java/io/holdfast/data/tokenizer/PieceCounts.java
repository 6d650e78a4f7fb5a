package io.holdfast.data.tokenizer;

import java.util.Arrays;

/** How often each distinct piece of text occurs: all that BPE training needs of a corpus. */
public final class PieceCounts {

  private final PieceTable pieces = new PieceTable();
  private long[] counts = new long[1 << 10];
  private char[] buffer = new char[0];

  /** Cuts a document with {@link PreTokens} and counts its pieces. */
  public void add(String document) {
    int length = document.length();
    if (buffer.length < length) {
      buffer = new char[Math.max(length, 1 << 16)];
    }
    document.getChars(0, length, buffer, 0);
    for (int from = 0; from < length; ) {
      int to = PreTokens.end(buffer, from, length);
      increment(pieces.numberOf(buffer, from, to));
      from = to;
    }
  }

  private void increment(int number) {
    if (number >= counts.length) {
      counts = Arrays.copyOf(counts, number * 2);
    }
    counts[number]++;
  }

  /** Distinct pieces. */
  public int size() {
    return pieces.size();
  }

  public String piece(int number) {
    return pieces.piece(number);
  }

  /** Occurrences of a piece. */
  public long count(int number) {
    return counts[number];
  }
}
