package io.holdfast.data.tokenization;

import io.holdfast.lm.shard.TokenShardWriter;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A document's tokens, its end-of-text token included. A token without a loss has its sign bit set:
 * ids are below 2^31.
 */
record EncodedDocument(int[] tokens) {

  private static final int NO_LOSS = Integer.MIN_VALUE;

  /**
   * Parts in a row and the end-of-text token, which is learned when what it ends is.
   *
   * @param parts tokens of each part
   * @param learned of each part
   */
  static EncodedDocument of(List<int[]> parts, List<Boolean> learned, int endOfText) {
    int[] tokens = new int[parts.stream().mapToInt(part -> part.length).sum() + 1];
    int at = 0;
    for (int p = 0; p < parts.size(); p++) {
      for (int token : parts.get(p)) {
        tokens[at++] = marked(token, learned.get(p));
      }
    }
    tokens[at] = marked(endOfText, learned.getLast());
    return new EncodedDocument(tokens);
  }

  private static int marked(int token, boolean learned) {
    return learned ? token : token | NO_LOSS;
  }

  /**
   * Appends it to a shard.
   *
   * @param masked whether the shard has a mask
   */
  void appendTo(TokenShardWriter shard, boolean masked) {
    if (!masked) {
      shard.append(tokens);
      return;
    }
    BitSet learned = new BitSet(tokens.length);
    for (int i = 0; i < tokens.length; i++) {
      learned.set(i, tokens[i] >= 0);
    }
    shard.append(Arrays.stream(tokens).map(token -> token & ~NO_LOSS).toArray(), learned);
  }
}
