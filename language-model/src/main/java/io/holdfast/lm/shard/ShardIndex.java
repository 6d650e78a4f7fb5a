package io.holdfast.lm.shard;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * A checked {@code .idx}: its sections fill the file exactly and its documents follow one another.
 * Nothing is allocated by what the header claims.
 */
final class ShardIndex {

  private static final ValueLayout.OfInt I32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong I64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment index;
  private final TokenType type;
  private final long documents;
  private final long tokens;

  private ShardIndex(Path file, MemorySegment index, TokenType type, long documents) {
    this.index = index;
    this.type = type;
    this.documents = documents;
    this.tokens = checkEntries(file) / type.bytes();
  }

  /**
   * Maps and checks an index in one pass.
   *
   * @throws UnusableArtifactException when it is missing, or naming what lies
   */
  static ShardIndex open(Path file, Arena arena) {
    MemorySegment index = ShardFiles.map(file, arena);
    if (index.byteSize() < ShardFiles.HEADER_BYTES
        || index
                .asSlice(0, ShardFiles.MAGIC.length)
                .mismatch(MemorySegment.ofArray(ShardFiles.MAGIC))
            >= 0) {
      throw lying(file, null, "The file does not begin as a Megatron index does.");
    }
    long version = index.get(I64, ShardFiles.VERSION_OFFSET);
    if (version != ShardFiles.VERSION) {
      throw lying(file, version, "The index has a version other than 1.");
    }
    TokenType type = type(file, index.get(ValueLayout.JAVA_BYTE, ShardFiles.TYPE_OFFSET));
    long documents = index.get(I64, ShardFiles.ENTRIES_OFFSET);
    // Division, because the product of a lying count would overflow.
    long room = index.byteSize() - ShardFiles.HEADER_BYTES - Long.BYTES;
    if (documents < 0
        || room < 0
        || room % ShardFiles.ENTRY_BYTES != 0
        || documents != room / ShardFiles.ENTRY_BYTES) {
      throw lying(file, documents, "The number of entries does not fit the index's size.");
    }
    long boundaries = index.get(I64, ShardFiles.BOUNDARIES_OFFSET);
    if (boundaries != documents + 1) {
      throw lying(file, boundaries, "The index does not hold one entry per document.");
    }
    return new ShardIndex(file, index, type, documents);
  }

  /**
   * Checks the {@code .bin} against what the index says of it.
   *
   * @throws UnusableArtifactException when it has another size
   */
  void checkData(Path file, long bytes) {
    if (bytes != tokens * type.bytes()) {
      throw lying(
          file, bytes, "The index says that there are %d bytes.".formatted(tokens * type.bytes()));
    }
  }

  private static TokenType type(Path file, int code) {
    for (TokenType type : TokenType.values()) {
      if (type.code() == code) {
        return type;
      }
    }
    throw lying(file, code, "The token type is neither uint16 (8) nor int32 (4).");
  }

  /** Returns the bytes of all documents. */
  private long checkEntries(Path file) {
    long bytes = 0;
    for (long d = 0; d < documents; d++) {
      int length = index.get(I32, ShardFiles.HEADER_BYTES + d * Integer.BYTES);
      if (length <= 0) {
        throw lying(file, length, "Document %d has no positive length.".formatted(d));
      }
      if (pointer(d) != bytes) {
        throw lying(
            file, pointer(d), "Document %d does not begin where %d ends.".formatted(d, d - 1));
      }
      if (boundary(d) != d) {
        throw lying(file, boundary(d), "The index does not hold one entry per document.");
      }
      bytes += (long) length * type.bytes();
    }
    if (boundary(documents) != documents) {
      throw lying(file, boundary(documents), "The index does not hold one entry per document.");
    }
    return bytes;
  }

  TokenType type() {
    return type;
  }

  long documents() {
    return documents;
  }

  /** Tokens of all documents. */
  long tokens() {
    return tokens;
  }

  /** Tokens of the first documents. */
  long tokensInFirst(long count) {
    return count == documents ? tokens : pointer(count) / type.bytes();
  }

  private long pointer(long document) {
    return index.get(
        I64, ShardFiles.HEADER_BYTES + documents * Integer.BYTES + document * Long.BYTES);
  }

  private long boundary(long document) {
    return index.get(
        I64,
        ShardFiles.HEADER_BYTES + documents * (Integer.BYTES + Long.BYTES) + document * Long.BYTES);
  }

  private static UnusableArtifactException lying(Path file, Object value, String message) {
    return new UnusableArtifactException(
        Problem.at(
            file.toString(), "shard-malformed", value, message, "Tokenize the corpus again."));
  }
}
