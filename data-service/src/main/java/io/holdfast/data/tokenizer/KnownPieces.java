package io.holdfast.data.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tokens of pieces, asked of the library once for all threads: it takes some 8 µs a piece.
 * Holds at most {@value #MAX_PIECES} of them; later ones are asked for each time. Thread-safe.
 */
final class KnownPieces {

  private static final int MAX_PIECES = 1 << 18;

  /** Pieces in one call of the library. */
  private static final int CALL = 4096;

  private final HuggingFaceTokenizer library;
  private final Map<String, int[]> tokens = new ConcurrentHashMap<>();

  KnownPieces(HuggingFaceTokenizer library) {
    this.library = library;
  }

  /** The tokens of each piece. */
  List<int[]> tokensOf(List<String> pieces) {
    List<String> unknown = pieces.stream().filter(piece -> !tokens.containsKey(piece)).toList();
    List<int[]> found = new ArrayList<>(unknown.size());
    for (int from = 0; from < unknown.size(); from += CALL) {
      found.addAll(call(unknown.subList(from, Math.min(from + CALL, unknown.size()))));
    }
    List<int[]> result = new ArrayList<>(pieces.size());
    int next = 0;
    for (String piece : pieces) {
      boolean fresh = next < unknown.size() && unknown.get(next).equals(piece);
      result.add(fresh ? found.get(next++) : tokens.get(piece));
    }
    return result;
  }

  /** Also remembers pieces that may be of use again. */
  List<int[]> tokensToRemember(List<String> pieces) {
    List<int[]> result = tokensOf(pieces);
    for (int i = 0; i < pieces.size() && tokens.size() < MAX_PIECES; i++) {
      tokens.putIfAbsent(pieces.get(i), result.get(i));
    }
    return result;
  }

  /** One call: the library keeps a list's entries apart and says which entry a token is from. */
  private List<int[]> call(List<String> pieces) {
    Encoding encoding = library.encode(pieces, false, false);
    long[] ids = encoding.getIds();
    long[] pieceOf = encoding.getWordIds();
    List<int[]> result = new ArrayList<>(pieces.size());
    int at = 0;
    for (int piece = 0; piece < pieces.size(); piece++) {
      int begin = at;
      while (at < ids.length && pieceOf[at] == piece) {
        at++;
      }
      int[] pieceTokens = new int[at - begin];
      for (int i = begin; i < at; i++) {
        pieceTokens[i - begin] = (int) ids[i];
      }
      result.add(pieceTokens);
    }
    return result;
  }
}
