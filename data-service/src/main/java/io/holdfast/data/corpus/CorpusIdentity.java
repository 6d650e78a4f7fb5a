package io.holdfast.data.corpus;

import io.holdfast.contracts.corpus.LossScope;
import io.holdfast.contracts.json.Json;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Accumulates a corpus's identity, independent of the order of its documents and of how they lie in
 * files; repeated documents count. The sums of a corpus's parts add up to the corpus's.
 *
 * <p>Each document's SHA-256 is expanded to 2,048 bits and added lane by lane, modulo 2^64; a
 * homomorphic multiset hash after LtHash (Bellare and Micciancio 1997; Lewi et al. 2019). A plain
 * sum of 256 bits would be open to Wagner's generalized-birthday collisions, and shards are shared
 * by id.
 */
public final class CorpusIdentity {

  private static final int BLOCKS = 8;
  private static final int LANES_PER_BLOCK = 4;

  private final long[] lanes = new long[BLOCKS * LANES_PER_BLOCK];
  private final MessageDigest sha256 = DocumentKey.newSha256();
  private long documents;

  /** Adds one document. */
  public void add(DocumentKey key) {
    byte[] fingerprint = key.fingerprint();
    for (int block = 0; block < BLOCKS; block++) {
      ByteBuffer bits = ByteBuffer.wrap(DocumentKey.sha256(fingerprint, new byte[] {(byte) block}));
      for (int lane = 0; lane < LANES_PER_BLOCK; lane++) {
        lanes[block * LANES_PER_BLOCK + lane] += bits.getLong();
      }
    }
    documents++;
  }

  /** Adds the documents of a part of the corpus. */
  public void add(CorpusIdentity part) {
    for (int lane = 0; lane < lanes.length; lane++) {
      lanes[lane] += part.lanes[lane];
    }
    documents += part.documents;
  }

  /** The sums themselves, for {@link #ofSums}: hexadecimal digits. */
  public String sums() {
    return HexFormat.of().formatHex(state());
  }

  /** An identity that {@link #sums} wrote. */
  public static CorpusIdentity ofSums(String digits) {
    ByteBuffer state = ByteBuffer.wrap(HexFormat.of().parseHex(digits));
    CorpusIdentity identity = new CorpusIdentity();
    if (state.remaining() != (identity.lanes.length + 1) * Long.BYTES) {
      throw new IllegalArgumentException("not the sums of an identity: " + digits);
    }
    for (int lane = 0; lane < identity.lanes.length; lane++) {
      identity.lanes[lane] = state.getLong();
    }
    identity.documents = state.getLong();
    return identity;
  }

  /** The documents added so far as a multiset: 64 hexadecimal digits. */
  public String contentHash() {
    return HexFormat.of().formatHex(DocumentKey.sha256(state()));
  }

  private byte[] state() {
    ByteBuffer state = ByteBuffer.allocate((lanes.length + 1) * Long.BYTES);
    for (long lane : lanes) {
      state.putLong(lane);
    }
    state.putLong(documents);
    return state.array();
  }

  /**
   * The corpus id: equal for equal documents split and learned equally, 64 hexadecimal digits.
   *
   * @param loss as {@link io.holdfast.contracts.corpus.CorpusDefinition} has it
   */
  public String corpusId(CorpusSplit split, LossScope loss) {
    return Json.sha256(
        new Identified(contentHash(), split.dev(), split.test(), CorpusSplit.VERSION, loss));
  }

  private record Identified(
      String content, double dev, double test, int splitVersion, LossScope loss) {}
}
