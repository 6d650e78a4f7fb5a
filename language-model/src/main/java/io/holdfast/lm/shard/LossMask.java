package io.holdfast.lm.shard;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A checked {@code .mask}: which tokens of a shard have a loss, one bit each. Token i is bit i mod
 * 64, from the lowest, of word i div 64; little-endian throughout. The header holds the number of
 * tokens and how many of them have a loss.
 */
final class LossMask {

  /** Magic: six letters and two zero bytes. */
  static final byte[] MAGIC = "HFMASK\0\0".getBytes(StandardCharsets.US_ASCII);

  static final long VERSION = 1;
  static final int VERSION_OFFSET = 8;
  static final int TOKENS_OFFSET = 16;
  static final int SCORED_OFFSET = 24;
  static final int HEADER_BYTES = 32;

  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment mask;

  private LossMask(MemorySegment mask) {
    this.mask = mask;
  }

  /**
   * Checks a mask in one pass.
   *
   * @param tokens of the shard
   * @throws UnusableArtifactException naming what lies
   */
  static LossMask check(Path file, MemorySegment mask, long tokens) {
    if (mask.byteSize() < HEADER_BYTES
        || mask.asSlice(0, MAGIC.length).mismatch(MemorySegment.ofArray(MAGIC)) >= 0) {
      throw lying(file, null, "The file does not begin as a loss mask does.");
    }
    long version = mask.get(U64, VERSION_OFFSET);
    if (version != VERSION) {
      throw lying(file, version, "The mask has a version other than 1.");
    }
    long claimed = mask.get(U64, TOKENS_OFFSET);
    if (claimed != tokens) {
      throw lying(file, claimed, "The shard has %d tokens.".formatted(tokens));
    }
    if (mask.byteSize() != HEADER_BYTES + Math.ceilDiv(tokens, Long.SIZE) * Long.BYTES) {
      throw lying(file, mask.byteSize(), "The file's size does not fit its number of tokens.");
    }
    LossMask checked = new LossMask(mask);
    long scored = mask.get(U64, SCORED_OFFSET);
    long found = checked.scored(0, Math.ceilDiv(tokens, Long.SIZE) * Long.SIZE);
    if (found != scored) {
      throw lying(file, scored, "There are %d tokens with a loss.".formatted(found));
    }
    return checked;
  }

  /** How many of the tokens {@code [from, from + count)} have a loss. */
  long scored(long from, long count) {
    long scored = 0;
    for (long at = from, end = from + count; at < end; ) {
      int bit = (int) (at % Long.SIZE);
      long bits = word(at) >>> bit;
      long here = Math.min(Long.SIZE - bit, end - at);
      scored += Long.bitCount(here == Long.SIZE ? bits : bits & (1L << here) - 1);
      at += here;
    }
    return scored;
  }

  boolean isScored(long token) {
    return (word(token) >>> token % Long.SIZE & 1) == 1;
  }

  private long word(long token) {
    return mask.get(U64, HEADER_BYTES + token / Long.SIZE * Long.BYTES);
  }

  private static UnusableArtifactException lying(Path file, Object value, String message) {
    return new UnusableArtifactException(
        Problem.at(
            file.toString(), "shard-mask-malformed", value, message, "Tokenize the corpus again."));
  }
}
