package io.holdfast.lm.shard;

/**
 * How a shard stores a token, by Megatron-LM's code. Megatron's list has no uint32, so a vocabulary
 * beyond 16 bits is written as int32: token ids are below 2^31, where both are the same bits, and
 * every Megatron reader understands it.
 */
public enum TokenType {
  UINT16(8, Short.BYTES),
  INT32(4, Integer.BYTES);

  /** From this vocabulary size Megatron-LM's own writer uses int32. */
  private static final int FIRST_INT32_VOCABULARY = 65_500;

  private final int code;
  private final int bytes;

  TokenType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** The type Megatron-LM would choose for a vocabulary. */
  public static TokenType forVocabulary(int vocabSize) {
    return vocabSize < FIRST_INT32_VOCABULARY ? UINT16 : INT32;
  }

  /** The number in the index header. */
  int code() {
    return code;
  }

  /** Bytes per token. */
  public int bytes() {
    return bytes;
  }
}
