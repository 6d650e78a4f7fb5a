package io.holdfast.lm.shard;

import io.holdfast.lm.durable.UnusableArtifactException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The documents of a shard and how many tokens they have, without the tokens: of the shard's files
 * only the {@code .idx} are read. Thread-safe; after {@link #close} it throws {@link
 * IllegalStateException}.
 */
public final class TokenIndex implements AutoCloseable {

  private final Arena arena;
  private final List<ShardIndex> pieces;

  /** Before each piece; one more at the end. */
  private final long[] documentsBefore;

  private final long[] tokensBefore;

  private TokenIndex(Arena arena, List<ShardIndex> pieces) {
    this.arena = arena;
    this.pieces = pieces;
    this.documentsBefore = new long[pieces.size() + 1];
    this.tokensBefore = new long[pieces.size() + 1];
    for (int i = 0; i < pieces.size(); i++) {
      documentsBefore[i + 1] = documentsBefore[i] + pieces.get(i).documents();
      tokensBefore[i + 1] = tokensBefore[i] + pieces.get(i).tokens();
    }
  }

  /**
   * Opens a shard's index.
   *
   * @param prefix of the shard, as {@link TokenShard#open} takes it
   * @throws UnusableArtifactException when a file is missing, or lies
   */
  public static TokenIndex open(Path prefix) {
    return open(ShardFiles.pieces(prefix));
  }

  static TokenIndex open(List<Path> prefixes) {
    Arena arena = Arena.ofShared();
    try {
      return new TokenIndex(
          arena,
          prefixes.stream()
              .map(prefix -> ShardIndex.open(ShardFiles.index(prefix), arena))
              .toList());
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  public long documents() {
    return documentsBefore[pieces.size()];
  }

  /** Tokens of all documents, end-of-text tokens included. */
  public long tokens() {
    return tokensBefore[pieces.size()];
  }

  /** Tokens of the first documents, which are also the offset of the next document. */
  public long tokensInFirst(long documents) {
    Objects.checkIndex(documents, documents() + 1);
    if (documents == documents()) {
      return tokens();
    }
    int piece = last(documentsBefore, documents);
    return tokensBefore[piece]
        + pieces.get(piece).tokensInFirst(documents - documentsBefore[piece]);
  }

  /** The fewest first documents with at least that many tokens; all when there are not as many. */
  public long firstDocumentsReaching(long wantedTokens) {
    long low = 0;
    long high = documents();
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (tokensInFirst(middle) >= wantedTokens) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** How the tokens are stored. */
  TokenType type() {
    return pieces.getFirst().type();
  }

  /** What each piece says, in order. */
  List<ShardIndex> pieces() {
    return pieces;
  }

  /** The piece that has a token. */
  int pieceOf(long token) {
    return last(tokensBefore, token);
  }

  /** Tokens of the pieces before one. */
  long tokensBefore(int piece) {
    return tokensBefore[piece];
  }

  /**
   * The last entry at or below a value that is below the last one: empty pieces are passed over.
   */
  private static int last(long[] before, long value) {
    int low = 0;
    int high = before.length - 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (before[middle] <= value) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  Arena arena() {
    return arena;
  }

  @Override
  public void close() {
    arena.close();
  }
}
