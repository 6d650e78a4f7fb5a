package io.holdfast.lm.shard;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * A memory-mapped Megatron-LM indexed dataset of any size, one entry per document. Reading is
 * thread-safe; after {@link #close} it throws {@link IllegalStateException}.
 */
public final class TokenShard implements AutoCloseable {

  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt I32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Arena arena;
  private final MemorySegment data;
  private final ShardIndex index;
  private final long tokens;

  /** Null where every token has a loss. */
  private final LossMask mask;

  private TokenShard(Arena arena, MemorySegment data, ShardIndex index, Path prefix) {
    this.arena = arena;
    this.data = data;
    this.index = index;
    this.tokens = data.byteSize() / index.type().bytes();
    this.mask = mask(prefix);
  }

  private LossMask mask(Path prefix) {
    Path file = ShardFiles.mask(prefix);
    if (Files.exists(file)) {
      return LossMask.check(file, map(file, arena), tokens);
    }
    // A mask that is lost must not make every token one to learn: the marker knows of it.
    Path directory = prefix.toAbsolutePath().getParent();
    if (DurableDirectory.isMarked(directory)) {
      DurableDirectory.open(directory);
    }
    return null;
  }

  /**
   * Maps {@code PREFIX.bin}, {@code PREFIX.idx} and, where there is one, {@code PREFIX.mask}, and
   * checks them against each other.
   *
   * @throws UnusableArtifactException when a file is missing, or the index or the mask lies
   */
  public static TokenShard open(Path prefix) {
    Arena arena = Arena.ofShared();
    try {
      MemorySegment data = map(ShardFiles.data(prefix), arena);
      ShardIndex index =
          ShardIndex.check(
              ShardFiles.index(prefix), map(ShardFiles.index(prefix), arena), data.byteSize());
      return new TokenShard(arena, data, index, prefix);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static MemorySegment map(Path file, Arena arena) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    } catch (IOException e) {
      throw new UnusableArtifactException(
          Problem.at(
              file.toString(),
              "shard-missing",
              null,
              "The token shard's file cannot be read.",
              "Tokenize the corpus again."),
          e);
    }
  }

  public TokenType type() {
    return index.type();
  }

  public long documents() {
    return index.documents();
  }

  /** Tokens of all documents, end-of-text tokens included. */
  public long tokens() {
    return tokens;
  }

  /** Tokens of the first documents, which are also the offset of the next document. */
  public long tokensInFirst(long documents) {
    Objects.checkIndex(documents, index.documents() + 1);
    return documents == index.documents() ? tokens : index.offset(documents);
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

  /**
   * Copies tokens {@code [from, from + count)} of the whole shard, across document ends.
   *
   * @param to index in {@code destination} of the first token
   */
  public void read(long from, int count, long[] destination, int to) {
    Objects.checkFromIndexSize(from, count, tokens);
    Objects.checkFromIndexSize(to, count, destination.length);
    switch (index.type()) {
      case UINT16 -> {
        for (int i = 0; i < count; i++) {
          destination[to + i] = Short.toUnsignedLong(data.get(U16, (from + i) * Short.BYTES));
        }
      }
      case INT32 -> {
        for (int i = 0; i < count; i++) {
          destination[to + i] = data.get(I32, (from + i) * Integer.BYTES);
        }
      }
    }
  }

  /** Whether some tokens have no loss. */
  public boolean isMasked() {
    return mask != null;
  }

  /** How many of the tokens {@code [from, from + count)} have a loss. */
  public long scored(long from, long count) {
    Objects.checkFromIndexSize(from, count, tokens);
    return mask == null ? count : mask.scored(from, count);
  }

  /** Whether a token has a loss: whether a model is to learn to predict it. */
  public boolean isScored(long token) {
    Objects.checkIndex(token, tokens);
    return mask == null || mask.isScored(token);
  }

  /** Unmaps the files. */
  @Override
  public void close() {
    arena.close();
  }
}
