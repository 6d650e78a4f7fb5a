package io.holdfast.lm.shard;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Names and header layout of a Megatron-LM indexed dataset, little-endian throughout. */
final class ShardFiles {

  /** Magic: seven letters and two zero bytes. */
  static final byte[] MAGIC = "MMIDIDX\0\0".getBytes(StandardCharsets.US_ASCII);

  static final long VERSION = 1;

  static final int VERSION_OFFSET = 9;
  static final int TYPE_OFFSET = 17;
  static final int ENTRIES_OFFSET = 18;
  static final int BOUNDARIES_OFFSET = 26;

  /** Magic, version (u64), token type (u8), entries (u64), document boundaries (u64). */
  static final int HEADER_BYTES = 34;

  /** Per entry: length (i32), byte offset (i64), document boundary (i64). */
  static final int ENTRY_BYTES = Integer.BYTES + Long.BYTES + Long.BYTES;

  private ShardFiles() {}

  static Path data(Path prefix) {
    return prefix.resolveSibling(prefix.getFileName() + ".bin");
  }

  /** Absent where every token has a loss. */
  static Path mask(Path prefix) {
    return prefix.resolveSibling(prefix.getFileName() + ".mask");
  }

  static Path index(Path prefix) {
    return prefix.resolveSibling(prefix.getFileName() + ".idx");
  }
}
