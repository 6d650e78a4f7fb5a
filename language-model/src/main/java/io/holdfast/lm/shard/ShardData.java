package io.holdfast.lm.shard;

import io.holdfast.lm.durable.DurableDirectory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tokens of one {@code .bin} and, where there is one, its {@code .mask}. */
final class ShardData {

  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt I32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment data;
  private final TokenType type;

  /** Null where every token has a loss. */
  private final LossMask mask;

  private ShardData(MemorySegment data, TokenType type, LossMask mask) {
    this.data = data;
    this.type = type;
    this.mask = mask;
  }

  /**
   * Maps the files and checks them against their index.
   *
   * @throws io.holdfast.lm.durable.UnusableArtifactException when one is missing, or lies
   */
  static ShardData open(Path prefix, ShardIndex index, Arena arena) {
    Path file = ShardFiles.data(prefix);
    MemorySegment data = ShardFiles.map(file, arena);
    index.checkData(file, data.byteSize());
    return new ShardData(data, index.type(), mask(prefix, index.tokens(), arena));
  }

  private static LossMask mask(Path prefix, long tokens, Arena arena) {
    Path file = ShardFiles.mask(prefix);
    if (Files.exists(file)) {
      return LossMask.check(file, ShardFiles.map(file, arena), tokens);
    }
    // A mask that is lost must not make every token one to learn: the marker knows of it.
    Path directory = prefix.toAbsolutePath().getParent();
    if (DurableDirectory.isMarked(directory)) {
      DurableDirectory.open(directory);
    }
    return null;
  }

  void read(long from, int count, long[] destination, int to) {
    switch (type) {
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

  boolean isMasked() {
    return mask != null;
  }

  long scored(long from, long count) {
    return mask == null ? count : mask.scored(from, count);
  }

  boolean isScored(long token) {
    return mask == null || mask.isScored(token);
  }
}
