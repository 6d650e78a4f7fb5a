package io.holdfast.lm.shard;

import io.holdfast.lm.durable.UnusableArtifactException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A memory-mapped Megatron-LM indexed dataset of any size, one entry per document, in one file or
 * in numbered pieces that follow one another. Reading is thread-safe; after {@link #close} it
 * throws {@link IllegalStateException}.
 */
public final class TokenShard implements AutoCloseable {

  private final TokenIndex index;
  private final List<ShardData> pieces = new ArrayList<>();

  private TokenShard(List<Path> prefixes, TokenIndex index) {
    this.index = index;
    for (int i = 0; i < prefixes.size(); i++) {
      pieces.add(ShardData.open(prefixes.get(i), index.pieces().get(i), index.arena()));
    }
  }

  /**
   * Maps {@code PREFIX.bin}, {@code PREFIX.idx} and, where there is one, {@code PREFIX.mask}, or
   * all {@linkplain #piece pieces} of them, and checks them against each other.
   *
   * @throws UnusableArtifactException when a file is missing, or the index or the mask lies
   */
  public static TokenShard open(Path prefix) {
    List<Path> prefixes = ShardFiles.pieces(prefix);
    TokenIndex index = TokenIndex.open(prefixes);
    try {
      return new TokenShard(prefixes, index);
    } catch (RuntimeException e) {
      index.close();
      throw e;
    }
  }

  /**
   * Where a piece of a shard is to be written. Whoever opens the shard finds all of its pieces.
   *
   * @param prefix of the shard
   * @param number of the piece, from 1
   * @param pieces how many the shard has
   */
  public static Path piece(Path prefix, int number, int pieces) {
    return ShardFiles.piece(prefix, number, pieces);
  }

  public TokenType type() {
    return index.type();
  }

  public long documents() {
    return index.documents();
  }

  /** Tokens of all documents, end-of-text tokens included. */
  public long tokens() {
    return index.tokens();
  }

  /** See {@link TokenIndex#tokensInFirst}. */
  public long tokensInFirst(long documents) {
    return index.tokensInFirst(documents);
  }

  /** See {@link TokenIndex#firstDocumentsReaching}. */
  public long firstDocumentsReaching(long wantedTokens) {
    return index.firstDocumentsReaching(wantedTokens);
  }

  /**
   * Copies tokens {@code [from, from + count)} of the whole shard, across document ends.
   *
   * @param to index in {@code destination} of the first token
   */
  public void read(long from, int count, long[] destination, int to) {
    Objects.checkFromIndexSize(from, count, tokens());
    Objects.checkFromIndexSize(to, count, destination.length);
    for (int done = 0; done < count; ) {
      int piece = index.pieceOf(from + done);
      int here = (int) Math.min(count - done, index.tokensBefore(piece + 1) - from - done);
      long within = from + done - index.tokensBefore(piece);
      pieces.get(piece).read(within, here, destination, to + done);
      done += here;
    }
  }

  /** Whether some tokens have no loss. */
  public boolean isMasked() {
    return pieces.getFirst().isMasked();
  }

  /** How many of the tokens {@code [from, from + count)} have a loss. */
  public long scored(long from, long count) {
    Objects.checkFromIndexSize(from, count, tokens());
    long scored = 0;
    for (long at = from; at < from + count; ) {
      int piece = index.pieceOf(at);
      long end = Math.min(from + count, index.tokensBefore(piece + 1));
      scored += pieces.get(piece).scored(at - index.tokensBefore(piece), end - at);
      at = end;
    }
    return scored;
  }

  /** Whether a token has a loss: whether a model is to learn to predict it. */
  public boolean isScored(long token) {
    Objects.checkIndex(token, tokens());
    int piece = index.pieceOf(token);
    return pieces.get(piece).isScored(token - index.tokensBefore(piece));
  }

  @Override
  public void close() {
    index.close();
  }
}
