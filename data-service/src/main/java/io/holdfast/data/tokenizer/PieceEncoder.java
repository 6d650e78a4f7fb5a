package io.holdfast.data.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Encodes by pieces: merges never cross them, so a text's tokens are its pieces' tokens in a row.
 * The library encodes each distinct piece once; text repeats its pieces so much that this is some
 * ten times as fast as handing it whole texts. Memory is bounded by the number and the length of
 * remembered pieces; others are encoded anew in each batch.
 */
final class PieceEncoder implements DocumentEncoder {

  private static final int MAX_REMEMBERED = 1 << 18;
  private static final int MAX_REMEMBERED_LENGTH = 48;

  private final KnownPieces known;
  private final PieceTable pieces = new PieceTable();

  /** Tokens of piece n: {@code tokens[starts[n] .. starts[n + 1])}. */
  private int[] tokens = new int[1 << 12];

  private int[] starts = new int[1 << 10];

  /** Pieces whose tokens are known. */
  private int encoded;

  private char[] text = new char[0];
  private int[] sequence = new int[1 << 12];

  PieceEncoder(KnownPieces known) {
    this.known = known;
  }

  @Override
  public List<int[]> encode(List<String> documents) {
    List<String> passing = new ArrayList<>();
    int[] ends = new int[documents.size()];
    int length = 0;
    for (int d = 0; d < ends.length; d++) {
      length = cut(documents.get(d), length, passing);
      ends[d] = length;
    }
    learn();
    List<int[]> passingTokens = known.tokensOf(passing);
    List<int[]> result = new ArrayList<>(ends.length);
    for (int d = 0; d < ends.length; d++) {
      result.add(join(d == 0 ? 0 : ends[d - 1], ends[d], passingTokens));
    }
    return result;
  }

  /** Appends the document's pieces to the sequence: a number, or ~n for passing piece n. */
  private int cut(String document, int length, List<String> passing) {
    int characters = document.length();
    if (text.length < characters) {
      text = new char[Math.max(characters, 1 << 14)];
    }
    document.getChars(0, characters, text, 0);
    int at = length;
    for (int from = 0; from < characters; ) {
      int to = PreTokens.end(text, from, characters);
      if (at == sequence.length) {
        sequence = Arrays.copyOf(sequence, at * 2);
      }
      sequence[at++] = numberOf(from, to, passing);
      from = to;
    }
    return at;
  }

  private int numberOf(int from, int to, List<String> passing) {
    if (to - from <= MAX_REMEMBERED_LENGTH) {
      if (pieces.size() < MAX_REMEMBERED) {
        return pieces.numberOf(text, from, to);
      }
      int number = pieces.find(text, from, to);
      if (number >= 0) {
        return number;
      }
    }
    passing.add(new String(text, from, to - from));
    return ~(passing.size() - 1);
  }

  /** Learns the tokens of the pieces that are new in this batch. */
  private void learn() {
    List<String> fresh = new ArrayList<>();
    for (int n = encoded; n < pieces.size(); n++) {
      fresh.add(pieces.piece(n));
    }
    known.tokensToRemember(fresh).forEach(this::remember);
  }

  private void remember(int[] pieceTokens) {
    if (encoded + 1 == starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
    }
    int end = starts[encoded] + pieceTokens.length;
    if (end > tokens.length) {
      tokens = Arrays.copyOf(tokens, Math.max(end, tokens.length * 2));
    }
    System.arraycopy(pieceTokens, 0, tokens, starts[encoded], pieceTokens.length);
    starts[++encoded] = end;
  }

  private int[] join(int from, int to, List<int[]> passing) {
    int length = 0;
    for (int i = from; i < to; i++) {
      int n = sequence[i];
      length += n < 0 ? passing.get(~n).length : starts[n + 1] - starts[n];
    }
    int[] joined = new int[length];
    int at = 0;
    for (int i = from; i < to; i++) {
      int n = sequence[i];
      int[] source = n < 0 ? passing.get(~n) : tokens;
      int begin = n < 0 ? 0 : starts[n];
      int count = n < 0 ? source.length : starts[n + 1] - begin;
      System.arraycopy(source, begin, joined, at, count);
      at += count;
    }
    return joined;
  }
}
